package reading

import (
	"bytes"
	"encoding/json"
	"errors"
	"testing"

	"readout/doc"
)

// FuzzString holds the escapes to those of encoding/json.
func FuzzString(f *testing.F) {
	for _, s := range []string{"plain", "\"\\\b\f\n\r\t\x00\x1f\x7f", "<&>", "\u2028\u2029é🇺🇳", "a\xffb\xe2\x80", "\uFFFD"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var got, want bytes.Buffer
		enc := json.NewEncoder(&want)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(Reading{Format: Format, Document: Document{ID: hash(s), Text: s}}); err != nil {
			t.Fatal(err)
		}
		if err := Write(&got, &doc.Document{Text: s}, "", Layout{}); err != nil {
			t.Fatal(err)
		}
		if got.String() != want.String() {
			t.Errorf("Write(%q) = %q, want %q", s, got.String(), want.String())
		}
	})
}

type broken struct{}

var errBroken = errors.New("the pipe is gone")

func (broken) Write([]byte) (int, error) { return 0, errBroken }

func TestWriteError(t *testing.T) {
	if err := Write(broken{}, document("Nothing here"), "m", Layout{}); !errors.Is(err, errBroken) {
		t.Errorf("Write = %v, want %v", err, errBroken)
	}
}
