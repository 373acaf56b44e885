package ingest

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// Errors about the bytes of an input, told apart with errors.Is.
var (
	ErrEmpty  = errors.New("it is empty")
	ErrBinary = errors.New("it is not text")
)

// magic are the beginnings of files that people hand in by mistake, and what to
// tell them.
var magic = []struct{ prefix, what string }{
	{"%PDF-", "a PDF: save its text first (pdftotext FILE -)"},
	{"PK\x03\x04", "a ZIP archive or an office document: save its text first"},
	{"\x1f\x8b", "compressed with gzip: unpack it first (gzip -d)"},
	{"\x89PNG", "a picture"},
	{"\xff\xd8\xff", "a picture"},
	{"GIF8", "a picture"},
	{"\x7fELF", "a program"},
	{"SQLite format 3", "a database"},
	{"{\\rtf", "an RTF document: save it as plain text first"},
	{"\xd0\xcf\x11\xe0", "an office document: save it as plain text first"},
}

// Decode gives the text of an input as UTF-8, its byte-order mark dropped and
// nothing else changed. The note, "" as a rule, says in a few words what had to
// be done to bytes that are no UTF-8: text in Windows-1252 is recognised and
// decoded; in text that is otherwise UTF-8 a broken byte becomes U+FFFD.
//
// It fails with ErrEmpty and ErrBinary, whose messages say what was found.
func Decode(b []byte) (text, note string, err error) {
	if err := foreign(string(b[:min(len(b), 32)])); err != nil {
		return "", "", err
	}
	switch {
	case bytes.HasPrefix(b, []byte("\xff\xfe")), bytes.HasPrefix(b, []byte("\xfe\xff")):
		if text, err = decodeUTF16(b); err != nil {
			return "", "", err
		}
		note = "read as UTF-16"
	default:
		b = bytes.TrimPrefix(b, []byte("\uFEFF"))
		if i := bytes.IndexByte(b, 0); i >= 0 {
			return "", "", fmt.Errorf("%w: there is a NUL byte at offset %d", ErrBinary, i)
		}
		if text, note, err = decodeBytes(b); err != nil {
			return "", "", err
		}
	}
	if err := isText(text); err != nil {
		return "", "", err
	}
	return text, note, nil
}

// decoded is Decode for what is UTF-8 already, and does not copy it.
func decoded(text string) (string, error) {
	text = strings.TrimPrefix(text, "\uFEFF")
	if err := foreign(text); err != nil {
		return "", err
	}
	if err := isText(text); err != nil {
		return "", err
	}
	return text, nil
}

// foreign is an error where an input begins as a file that is no text does.
func foreign(begins string) error {
	for _, m := range magic {
		if strings.HasPrefix(begins, m.prefix) {
			return fmt.Errorf("%w: it is %s", ErrBinary, m.what)
		}
	}
	return nil
}

// isText is nil for a text that can be read.
func isText(text string) error {
	if strings.TrimSpace(text) == "" {
		return ErrEmpty
	}
	if n := controls(text); n > 2 && n*50 > len(text) {
		return fmt.Errorf("%w: %d of its %d bytes are control characters", ErrBinary, n, len(text))
	}
	if i := strings.IndexByte(text, 0); i >= 0 {
		return fmt.Errorf("%w: there is a NUL character at offset %d", ErrBinary, i)
	}
	return nil
}

func decodeBytes(b []byte) (text, note string, err error) {
	if utf8.Valid(b) {
		return string(b), "", nil
	}
	broken, multi := census(b)
	if multi >= broken {
		return strings.ToValidUTF8(string(b), "\uFFFD"), fmt.Sprintf("%d bytes that are not UTF-8 were replaced", broken), nil
	}
	// The five bytes that Windows-1252 leaves undefined do not occur in it.
	if i := bytes.IndexAny(b, "\x81\x8d\x8f\x90\x9d"); i >= 0 && undefined1252(b) > 0 {
		return "", "", fmt.Errorf("%w: it is neither UTF-8 nor Windows-1252; save it as UTF-8", ErrBinary)
	}
	out, err := charmap.Windows1252.NewDecoder().Bytes(b)
	if err != nil {
		return "", "", fmt.Errorf("%w: %v", ErrBinary, err)
	}
	return string(out), "read as Windows-1252, since it is not UTF-8", nil
}

// census counts the bytes that are no part of valid UTF-8, and the characters
// of more than one byte that are.
func census(b []byte) (broken, multi int) {
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		switch {
		case r == utf8.RuneError && n == 1:
			broken++
		case n > 1:
			multi++
		}
		b = b[n:]
	}
	return broken, multi
}

func undefined1252(b []byte) int {
	n := 0
	for _, c := range b {
		switch c {
		case 0x81, 0x8d, 0x8f, 0x90, 0x9d:
			n++
		}
	}
	return n
}

func decodeUTF16(b []byte) (string, error) {
	little := b[0] == 0xff
	b = b[2:]
	if len(b)%2 != 0 {
		return "", fmt.Errorf("%w: it begins as UTF-16 and has an odd number of bytes", ErrBinary)
	}
	u := make([]uint16, len(b)/2)
	for i := range u {
		lo, hi := b[2*i], b[2*i+1]
		if !little {
			lo, hi = hi, lo
		}
		u[i] = uint16(lo) | uint16(hi)<<8
	}
	return string(utf16.Decode(u)), nil
}

// controls counts the control characters that no text file has.
func controls(s string) int {
	n := 0
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\v' || c == 0x7f {
			n++
		}
	}
	return n
}
