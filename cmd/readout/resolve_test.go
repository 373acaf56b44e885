package main

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"
)

// Questions that are too long, and whatever else comes, get one answer a line.
func TestResolveLongLine(t *testing.T) {
	in := strings.Repeat("x", maxQuestion+9) + "\n" + `{"text": "Moscow"}`
	var out, msg bytes.Buffer
	if code := run(context.Background(), []string{"resolve"}, strings.NewReader(in), &out, &msg); code != 1 {
		t.Errorf("exit code %d, want 1", code)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 2 || !strings.Contains(lines[0], `"error"`) || !strings.Contains(lines[1], `"RUS"`) {
		t.Errorf("answers %q, want an error and Russia", lines)
	}
	if !strings.HasPrefix(msg.String(), "readout: error: line 1: ") {
		t.Errorf("messages %q, want line 1 named", msg.String())
	}
}

func TestAnswerForPeople(t *testing.T) {
	a := answer{Name: "Angela Merkel", Country: "DEU", RoleCode: "GOV", Code: "DEUGOV", Kind: "person", Confidence: 0.95,
		Roles: []office{{Title: "Chancellor", From: "2005-11-22", To: "2021-12-08"}}}
	var b strings.Builder
	a.show(&b, "Merkel")
	want := `Angela Merkel
  kind        person
  country     DEU
  role        GOV
  code        DEUGOV
  office      Chancellor, 2005-11-22 to 2021-12-08
  confidence  95 %
`
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
	b.Reset()
	answer{}.show(&b, "a cat")
	if b.String() != "a cat: nobody the tables know\n" {
		t.Errorf("nobody: %q", b.String())
	}
}

// A line is a question with a text, or an error; never both.
func FuzzParseQuestion(f *testing.F) {
	for _, s := range []string{`{"text": "Moscow", "date": "2021-08-01"}`, `{"text": ""}`, `[]`, "null", "", `{"text": "x", "date": "1/2/03"}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		q, err := parseQuestion(b, question{})
		if err != nil {
			if q != (question{}) {
				t.Errorf("parseQuestion(%q) = %v and %v", b, q, err)
			}
			return
		}
		if strings.TrimSpace(q.Text) == "" || !utf8.ValidString(q.Text) || !json.Valid(b) {
			t.Errorf("parseQuestion(%q) = %v", b, q)
		}
	})
}
