// Package conllu reads and writes CoNLL-U (https://universaldependencies.org/format.html)
// and turns its sentences into a document and back.
//
// It is the only place that knows the format: ids that count from 1, heads
// whose root is 0, ranges for multiword tokens, SpaceAfter. It does not split
// text (lang/text) and judges no annotation: what a file says is taken over.
//
// Empty nodes (8.1) and the column DEPS, which speaks of them, are dropped on
// reading. Names stand in MISC as NER=B-PER and NER=I-PER (IOB2).
package conllu

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Limits of what Read accepts; beyond them it gives a *SyntaxError.
const (
	MaxLine  = 4 << 20   // bytes in a line
	MaxWords = 1_000_000 // words in a sentence
)

// NoHead is the Head of a word for which none is given.
const NoHead = -1

// Sentence is one sentence of a CoNLL-U file.
type Sentence struct {
	Comments []string // whole lines, with their "#"
	Words    []Word
	Ranges   []Range // multiword tokens, in order
}

// Word is one syntactic word; its id is its place in Sentence.Words, from 1.
// Form is never empty; an empty string elsewhere stands for "_".
type Word struct {
	Form   string
	Lemma  string
	UPOS   string
	XPOS   string
	Feats  string
	Head   int // id of the head, 0 for the root, NoHead where the file gives none
	Deprel string
	Misc   string
}

// Range is a multiword token: the words First to Last, both ids, written as Form.
type Range struct {
	First, Last int
	Form        string
	Misc        string
}

// SyntaxError tells where a file breaks the format.
type SyntaxError struct {
	Name string // of the input, as given to Read
	Line int    // from 1
	Msg  string
}

func (e *SyntaxError) Error() string { return fmt.Sprintf("%s:%d: %s", e.Name, e.Line, e.Msg) }

// Read reads all sentences of r. An error of the format is a *SyntaxError with
// the given name; the sentences are nil then. A sentence without words is
// dropped, its comments go to the next one.
func Read(r io.Reader, name string) ([]Sentence, error) {
	s := bufio.NewScanner(r)
	s.Buffer(make([]byte, 0, 64<<10), MaxLine)
	p := reader{}
	line := 0
	for s.Scan() {
		line++
		b := s.Bytes()
		if line == 1 {
			b = bytes.TrimPrefix(b, []byte("\ufeff"))
		}
		if err := p.line(string(bytes.TrimRight(b, "\r"))); err != nil {
			return nil, &SyntaxError{name, line, err.Error()}
		}
	}
	err := s.Err()
	if err == nil {
		err = p.flush()
	}
	switch {
	case errors.Is(err, bufio.ErrTooLong):
		return nil, &SyntaxError{name, line + 1, fmt.Sprintf("line longer than %d bytes", MaxLine)}
	case s.Err() != nil:
		return nil, fmt.Errorf("read %s: %w", name, err)
	case err != nil:
		return nil, &SyntaxError{name, line, err.Error()}
	}
	return p.out, nil
}

// reader holds what Read has seen so far.
type reader struct {
	out []Sentence
	cur Sentence
}

func (p *reader) line(s string) error {
	switch {
	case !utf8.ValidString(s):
		return errors.New("not valid UTF-8")
	case strings.TrimSpace(s) == "":
		return p.flush()
	case s[0] == '#':
		p.cur.Comments = append(p.cur.Comments, s)
		return nil
	}
	var c [10]string
	if n := strings.Count(s, "\t") + 1; n != len(c) {
		return fmt.Errorf("%d columns, 10 needed", n)
	}
	for i := range c {
		c[i], s, _ = strings.Cut(s, "\t")
		if c[i] == "" {
			return fmt.Errorf("column %d is empty", i+1)
		}
	}
	return p.row(&c)
}

func (p *reader) row(c *[10]string) error {
	id := c[0]
	if strings.ContainsRune(id, '.') {
		return p.emptyNode(id)
	}
	if first, last, ok := strings.Cut(id, "-"); ok {
		return p.rangeRow(first, last, c)
	}
	n, err := strconv.Atoi(id)
	if err != nil {
		return fmt.Errorf("bad id %q", id)
	}
	if n != len(p.cur.Words)+1 {
		return fmt.Errorf("word id %d where %d was due", n, len(p.cur.Words)+1)
	}
	if n > MaxWords {
		return fmt.Errorf("more than %d words in a sentence", MaxWords)
	}
	head := NoHead
	if c[6] != "_" {
		if head, err = strconv.Atoi(c[6]); err != nil || head < 0 {
			return fmt.Errorf("bad head %q", c[6])
		}
	}
	p.cur.Words = append(p.cur.Words, Word{Form: c[1], Lemma: lemma(c[1], c[2]), UPOS: value(c[3]), XPOS: value(c[4]),
		Feats: value(c[5]), Head: head, Deprel: value(c[7]), Misc: value(c[9])})
	return nil
}

func (p *reader) emptyNode(id string) error {
	a, b, _ := strings.Cut(id, ".")
	for _, s := range []string{a, b} {
		if n, err := strconv.Atoi(s); err != nil || n < 0 {
			return fmt.Errorf("bad id %q", id)
		}
	}
	return nil
}

func (p *reader) rangeRow(first, last string, c *[10]string) error {
	a, err1 := strconv.Atoi(first)
	b, err2 := strconv.Atoi(last)
	if err1 != nil || err2 != nil || b < a {
		return fmt.Errorf("bad id %q", c[0])
	}
	if a != len(p.cur.Words)+1 {
		return fmt.Errorf("range %s where word %d was due", c[0], len(p.cur.Words)+1)
	}
	if k := len(p.cur.Ranges); k > 0 && p.cur.Ranges[k-1].Last >= a {
		return fmt.Errorf("range %s overlaps the one before", c[0])
	}
	p.cur.Ranges = append(p.cur.Ranges, Range{First: a, Last: b, Form: c[1], Misc: value(c[9])})
	return nil
}

// flush ends the sentence and checks what can only be checked then.
func (p *reader) flush() error {
	s := p.cur
	if len(s.Words) == 0 {
		if len(s.Ranges) > 0 {
			return errors.New("a range without words")
		}
		return nil
	}
	for i, w := range s.Words {
		if w.Head > len(s.Words) {
			return fmt.Errorf("head %d of word %d is outside the sentence", w.Head, i+1)
		}
	}
	if k := len(s.Ranges); k > 0 && s.Ranges[k-1].Last > len(s.Words) {
		return fmt.Errorf("range %d-%d is outside the sentence", s.Ranges[k-1].First, s.Ranges[k-1].Last)
	}
	p.out = append(p.out, s)
	p.cur = Sentence{}
	return nil
}

func value(s string) string {
	if s == "_" {
		return ""
	}
	return s
}

// lemma keeps the lemma "_" of the form "_", which is no missing value.
func lemma(form, s string) string {
	if form == "_" {
		return s
	}
	return value(s)
}

// Write writes sentences as CoNLL-U, a blank line after each. Ids follow from
// the order of the words; the column DEPS is always "_".
func Write(w io.Writer, sentences []Sentence) error {
	b := bufio.NewWriterSize(w, 64<<10)
	var line []byte
	for i := range sentences {
		s := &sentences[i]
		for _, c := range s.Comments {
			line = append(append(line[:0], c...), '\n')
			b.Write(line)
		}
		next := 0
		for k := range s.Words {
			if next < len(s.Ranges) && s.Ranges[next].First == k+1 {
				line = appendRange(line[:0], s.Ranges[next])
				b.Write(line)
				next++
			}
			line = appendWord(line[:0], k+1, &s.Words[k])
			b.Write(line)
		}
		b.WriteByte('\n')
	}
	return b.Flush() // the first error of any Write above
}

func appendRange(line []byte, r Range) []byte {
	line = strconv.AppendInt(line, int64(r.First), 10)
	line = append(line, '-')
	line = strconv.AppendInt(line, int64(r.Last), 10)
	line = appendColumn(line, r.Form)
	line = append(line, "\t_\t_\t_\t_\t_\t_\t_"...)
	return append(appendColumn(line, r.Misc), '\n')
}

func appendWord(line []byte, id int, w *Word) []byte {
	line = strconv.AppendInt(line, int64(id), 10)
	for _, s := range [...]string{w.Form, w.Lemma, w.UPOS, w.XPOS, w.Feats} {
		line = appendColumn(line, s)
	}
	line = append(line, '\t')
	if w.Head == NoHead {
		line = append(line, '_')
	} else {
		line = strconv.AppendInt(line, int64(w.Head), 10)
	}
	line = appendColumn(line, w.Deprel)
	line = append(line, "\t_"...)
	return append(appendColumn(line, w.Misc), '\n')
}

func appendColumn(line []byte, s string) []byte {
	line = append(line, '\t')
	if s == "" {
		s = "_"
	}
	return append(line, s...)
}

// Split groups sentences by document: a new one begins at each comment
// "# newdoc". It shares the sentences with its argument.
func Split(sentences []Sentence) [][]Sentence {
	var out [][]Sentence
	begin := 0
	for i := range sentences {
		if _, ok := sentences[i].comment("newdoc"); ok && i > begin {
			out = append(out, sentences[begin:i])
			begin = i
		}
	}
	if begin < len(sentences) {
		out = append(out, sentences[begin:])
	}
	return out
}

// comment is the value of the comment "# key = value" or "# key"; false where
// there is none.
func (s *Sentence) comment(key string) (string, bool) {
	for _, c := range s.Comments {
		rest, ok := strings.CutPrefix(strings.TrimLeft(c[1:], " \t"), key)
		if !ok {
			continue
		}
		if rest = strings.TrimLeft(rest, " \t"); rest == "" {
			return "", true
		}
		if rest[0] == '=' {
			return strings.TrimSpace(rest[1:]), true
		}
		if strings.HasPrefix(rest, "id") { // "newdoc id = x", "newpar id = x"
			if id, ok := strings.CutPrefix(strings.TrimLeft(rest[2:], " \t"), "="); ok {
				return strings.TrimSpace(id), true
			}
		}
	}
	return "", false
}
