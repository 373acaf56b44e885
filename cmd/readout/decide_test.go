package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"readout/record"
)

// session runs commands on one record.
type session struct {
	*testing.T
	db string
}

func newSession(t *testing.T, articles ...string) *session {
	t.Helper()
	dir := t.TempDir()
	s := &session{t, filepath.Join(dir, "r.db")}
	file := filepath.Join(dir, "news.jsonl")
	if err := os.WriteFile(file, []byte(strings.Join(articles, "\n")), 0o644); err != nil {
		t.Fatal(err)
	}
	s.run("", "add", file)
	return s
}

// run runs a command that must do.
func (s *session) run(stdin string, args ...string) (stdout, stderr string) {
	s.Helper()
	code, stdout, stderr := s.try(stdin, args...)
	if code != 0 {
		s.Fatalf("readout %s: exit %d: %s", strings.Join(args, " "), code, stderr)
	}
	return stdout, stderr
}

func (s *session) try(stdin string, args ...string) (code int, stdout, stderr string) {
	s.Helper()
	var out, errs bytes.Buffer
	code = run(s.Context(), append(args, "--db", s.db), strings.NewReader(stdin), &out, &errs)
	return code, out.String(), errs.String()
}

// events are those of the timeline.
func (s *session) events() []*record.Event {
	s.Helper()
	out, _ := s.run("", "timeline", "--format", "json", "--all")
	var v record.Timeline
	if err := json.Unmarshal([]byte(out), &v); err != nil {
		s.Fatal(err)
	}
	return v.Events
}

func (s *session) want(what, got string, words ...string) {
	s.Helper()
	for _, w := range words {
		if !strings.Contains(got, w) {
			s.Errorf("%s: no %q in\n%s", what, w, got)
		}
	}
}

var twoPapers = []string{
	`{"id": "k1", "outlet": "Courier", "published": "2023-05-01", "text": "President Emmanuel Macron of France will meet Chancellor Olaf Scholz of Germany in Geneva on 10 May, his office said."}`,
	`{"id": "k2", "outlet": "Herald", "published": "2023-05-12", "text": "The foreign ministers of Norway and Chile met in Oslo on Thursday. They agreed on nothing."}`,
}

func TestDecideCommands(t *testing.T) {
	s := newSession(t, twoPapers...)
	before := s.events()
	id := before[0].ID
	plain, _ := s.run("", "export", "--canonical")

	out, errs := s.run("", "decide", "correct", id[:8], "status=cancelled", "day=2023-05-13", "--by", "ana", "--why", "see the note", "--dry-run")
	s.want("a dry run", out, "correct status = cancelled", "→ cancelled", "→ 13 May 2023")
	s.want("a dry run", errs, "nothing was kept")
	if got, _ := s.run("", "export", "--canonical"); got != plain {
		t.Error("a dry run changed the record")
	}

	s.run("", "decide", "correct", id[:8], "status=cancelled", "day=2023-05-13", "--by", "ana", "--why", "see the note")
	out, _ = s.run("", "event", id)
	s.want("the event", out, "cancelled", "13 May 2023", "status: was planned; corrected by ana", "see the note")
	out, _ = s.run("", "state")
	s.want("the state", out, "corrected by ana")
	out, _ = s.run("", "check")
	s.want("check", out, "whole")

	out, _ = s.run("", "decide", "list", "--format", "json")
	var log record.Log
	if err := json.Unmarshal([]byte(out), &log); err != nil || len(log.Decisions) != 2 || log.Decisions[0].By != "ana" {
		t.Fatalf("the log is %s (%v)", out, err)
	}
	out, _ = s.run("", "decide", "show", log.Decisions[0].ID[:8])
	s.want("show", out, "by ana", "why: see the note")

	// Into another record, by lines of an export.
	lines, _ := s.run("", "export", "--canonical")
	other := newSession(t, twoPapers...)
	_, errs = other.run(lines, "decide", "--file", "-")
	s.want("a batch", errs, "2 decisions kept")
	if got, _ := other.run("", "export", "--canonical"); got != lines {
		t.Error("the same articles and decisions give another record")
	}

	for _, d := range log.Decisions {
		s.run("", "decide", "undo", d.ID[:8], "--by", "bo")
	}
	out, _ = s.run("", "event", id)
	s.want("the event", out, "planned", "10 May 2023")
	out, _ = s.run("", "decide", "list")
	s.want("the log", out, "undone: by d", "undo d")

	s.run("", "decide", "merge", before[0].ID, before[1].ID, "--by", "ana")
	if got := s.events(); len(got) >= len(before) {
		t.Errorf("%d events after a merge of two of %d", len(got), len(before))
	}
	s.run("", "decide", "split", before[0].ID, before[1].ID, "--by", "ana")
	s.run("", "decide", "reject", before[1].ID, "--by", "ana", "--why", "a joke")
	code, _, errs := s.try("", "event", before[1].ID)
	s.want("a rejected event", errs, "rejected by ana", "a joke")
	if code != 1 {
		t.Errorf("exit %d", code)
	}
}

func TestDecideSlips(t *testing.T) {
	s := newSession(t, twoPapers...)
	id := s.events()[0].ID
	for _, c := range []struct {
		args string
		code int
		want string
	}{
		{"decide correct " + id, 2, "requires at least 2"},
		{"decide correct " + id + " status", 2, "no FIELD=VALUE"},
		{"decide correct " + id + " status=maybe", 1, "is not one of possible"},
		{"decide correct " + id + " colour=red", 1, "no field"},
		{"decide correct e0000000 status=planned", 1, "not in the record"},
		{"decide undo " + id, 1, "no decision's id"},
		{"decide merge " + id, 2, "requires at least 2"},
		{"decide show d0000000", 1, "hint: 'readout decide list'"},
		{"decide accept " + id + " --by=", 2, "who decides?"},
		{"decide who " + id + " Nobody x", 1, "nobody is named"},
		{"decide --file nothing.jsonl", 1, "nothing.jsonl"},
	} {
		code, _, errs := s.try("", strings.Fields(c.args)...)
		if code != c.code || !strings.Contains(errs, c.want) {
			t.Errorf("readout %s: exit %d, %s; want %d, …%s…", c.args, code, errs, c.code, c.want)
		}
	}
	code, _, errs := s.try(`{"do":"accept","ids":["`+id+`"]}`+"\nnonsense\n"+`{"do":"accept","ids":["e0000000"]}`, "decide", "--file", "-", "--by", "ana")
	s.want("a batch with slips", errs, "-: line 2: ", "-: line 3: accept: e0000000: not in the record", "1 decision kept")
	if code != 1 {
		t.Errorf("exit %d, want 1", code)
	}
}

func TestKnown(t *testing.T) {
	s := newSession(t, twoPapers...)
	out, _ := s.run("", "timeline", "--known", "2001-01-01")
	s.want("before the record was made", out, "0 articles", "No events")
	now, _ := s.run("", "timeline", "--known", "2100-01-01", "--as-of", "2023-06-01")
	is, _ := s.run("", "timeline", "--as-of", "2023-06-01")
	if now != is {
		t.Errorf("known by all time:\n%s\nis\n%s", now, is)
	}
	if out, _ := s.run("", "export", "--known", "2001-01-01"); out != "" {
		t.Errorf("exported as known before the record was made:\n%s", out)
	}
}
