package note

import (
	"fmt"
	"strings"
	"unicode"

	"readout/reading"
)

// plain is a text as words are looked for in it: runs of space are one space,
// marks of quotation and apostrophes are straight, letters small. At tells where
// each letter stands in the text, in code points; it has one more, the end.
type plain struct {
	runes []rune
	at    []int
}

func plainOf(text string) plain {
	var p plain
	n, space := 0, true
	for _, r := range text {
		switch {
		case unicode.IsSpace(r):
			if !space {
				p.runes, p.at = append(p.runes, ' '), append(p.at, n)
			}
			space = true
		default:
			switch r {
			case '“', '”', '„', '«', '»':
				r = '"'
			case '‘', '’':
				r = '\''
			case '–', '—':
				r = '-'
			}
			p.runes, p.at = append(p.runes, unicode.ToLower(r)), append(p.at, n)
			space = false
		}
		n++
	}
	p.at = append(p.at, n)
	return p
}

// find gives the places where words stand, as whole words.
func (p *plain) find(words string) []reading.Span {
	want := plainOf(strings.TrimSpace(words)).runes
	for len(want) > 0 && want[len(want)-1] == ' ' {
		want = want[:len(want)-1]
	}
	if len(want) == 0 {
		return nil
	}
	var out []reading.Span
	for i := 0; i+len(want) <= len(p.runes); i++ {
		end := i + len(want)
		if !equal(p.runes[i:end], want) || i > 0 && letter(p.runes[i-1]) && letter(want[0]) || end < len(p.runes) && letter(p.runes[end]) && letter(want[len(want)-1]) {
			continue
		}
		out = append(out, reading.Span{p.at[i], p.at[end-1] + 1})
	}
	return out
}

func equal(a, b []rune) bool {
	for i := range b {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func letter(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// rest finds the words that an entry rests on.
func (a *applier) rest(e *Entry) (reading.Span, error) {
	if e.span != nil {
		return *e.span, nil
	}
	sentences := a.r.Document.Sentences
	if e.Words == "" {
		if len(sentences) == 1 {
			return sentences[0], nil
		}
		return reading.Span{}, a.fail(e, "which words of the note say so? Put them at the end of the line, in quotation marks: … | \"words\"")
	}
	found := a.plain.find(e.Words)
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		msg := fmt.Sprintf("the words %q do not stand in the note", clip(e.Words))
		if s := a.nearest(e.Words); s != "" {
			msg += fmt.Sprintf("; the nearest are %q", s)
		}
		return reading.Span{}, a.fail(e, msg)
	}
	return reading.Span{}, a.fail(e, fmt.Sprintf("the words %q stand %d times in the note: take in words before or after them", clip(e.Words), len(found)))
}

// nearest is the sentence that has most of some words, "" for none.
func (a *applier) nearest(words string) string {
	best, most := "", 0
	for _, s := range a.r.Document.Sentences {
		text := a.slice(s)
		have := " " + strings.ToLower(text)
		n := 0
		for _, w := range strings.Fields(strings.ToLower(words)) {
			if len(w) > 3 && strings.Contains(have, " "+w) {
				n++
			}
		}
		if n > most {
			best, most = text, n
		}
	}
	return best
}

func (a *applier) slice(s reading.Span) string { return string(a.text[s[0]:s[1]]) }

func (a *applier) fail(e *Entry, msg string) error {
	return &SyntaxError{Name: e.At, Msg: msg}
}

func overlap(a, b reading.Span) bool { return a[0] < b[1] && b[0] < a[1] }
