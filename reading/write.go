package reading

import (
	"bufio"
	"io"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"

	"readout/doc"
)

// Layout is how JSON is laid out: a new line before each entry, the Prefix and
// an Indent for each level, as in json.Indent. Without an Indent all is one line.
type Layout struct {
	Prefix string
	Indent string
}

// Write writes the published form of d and a line break. It is what a
// json.Encoder makes of New(d, model) when it leaves <, > and & as they are, but
// no more than one actor, statement, event or issue is made at a time: of a long
// article the whole would be larger than the document itself.
func Write(w io.Writer, d *doc.Document, model string, layout Layout) error {
	b := builder{d: d, runes: runeTable(d.Text)}
	s := &stream{w: bufio.NewWriterSize(w, 1<<15), layout: layout, fields: map[reflect.Type][]field{}}
	s.open('{')
	s.key("format")
	s.string(Format)
	if model != "" {
		s.key("model")
		s.string(model)
	}
	s.key("document")
	s.value(reflect.ValueOf(b.document()))
	if d.Has&doc.LayerActors != 0 {
		mentions := mentionsOf(d)
		list(s, "actors", len(d.Actors), func(i int) Actor { return b.actor(doc.ActorID(i), mentions(i)) })
	}
	if d.Has&doc.LayerStatements != 0 {
		list(s, "statements", len(d.Statements), func(i int) Statement { return b.statement(doc.StatementID(i)) })
	}
	if d.Has&doc.LayerEvents != 0 {
		list(s, "events", len(d.Events), func(i int) Event { return b.event(doc.EventID(i)) })
	}
	if d.Has&doc.LayerIssues != 0 {
		list(s, "issues", len(d.Issues), func(i int) Issue { return b.issue(doc.IssueID(i)) })
	}
	s.close('}')
	s.w.WriteByte('\n')
	return s.w.Flush()
}

// list writes n entries under a key, each made when its turn comes.
func list[T any](s *stream, key string, n int, entry func(i int) T) {
	s.key(key)
	s.open('[')
	for i := range n {
		s.next()
		s.value(reflect.ValueOf(entry(i)))
	}
	s.close(']')
}

// stream writes JSON values as they come. It knows the kinds that a Reading is
// made of, and the options omitempty and omitzero. Errors of writing stay with
// the bufio.Writer until it is flushed.
type stream struct {
	w      *bufio.Writer
	layout Layout
	depth  int
	empty  bool // nothing stands yet in the innermost object or list
	fields map[reflect.Type][]field
	buf    []byte
}

// field is one field of a struct: its key and when it is left out.
type field struct {
	key                 string
	omitempty, omitzero bool
}

func (s *stream) open(c byte) {
	s.w.WriteByte(c)
	s.depth++
	s.empty = true
}

func (s *stream) close(c byte) {
	s.depth--
	if !s.empty {
		s.line()
	}
	s.w.WriteByte(c)
	s.empty = false
}

// next begins an entry of the innermost object or list.
func (s *stream) next() {
	if !s.empty {
		s.w.WriteByte(',')
	}
	s.empty = false
	s.line()
}

func (s *stream) line() {
	if s.layout.Indent == "" {
		return
	}
	s.w.WriteByte('\n')
	s.w.WriteString(s.layout.Prefix)
	for range s.depth {
		s.w.WriteString(s.layout.Indent)
	}
}

func (s *stream) key(k string) {
	s.next()
	s.string(k)
	s.w.WriteByte(':')
	if s.layout.Indent != "" {
		s.w.WriteByte(' ')
	}
}

func (s *stream) value(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		s.open('{')
		for i, f := range s.fieldsOf(v.Type()) {
			x := v.Field(i)
			if f.omitempty && isEmpty(x) || f.omitzero && x.IsZero() {
				continue
			}
			s.key(f.key)
			s.value(x)
		}
		s.close('}')
	case reflect.Slice, reflect.Array:
		if v.Kind() == reflect.Slice && v.IsNil() {
			s.w.WriteString("null")
			return
		}
		s.open('[')
		for i := range v.Len() {
			s.next()
			s.value(v.Index(i))
		}
		s.close(']')
	case reflect.Pointer:
		if v.IsNil() {
			s.w.WriteString("null")
			return
		}
		s.value(v.Elem())
	case reflect.String:
		s.string(v.String())
	case reflect.Bool:
		s.buf = strconv.AppendBool(s.buf[:0], v.Bool())
		s.w.Write(s.buf)
	case reflect.Int:
		s.buf = strconv.AppendInt(s.buf[:0], v.Int(), 10)
		s.w.Write(s.buf)
	case reflect.Float64: // confidences and the Goldstein scale: no exponents
		s.buf = strconv.AppendFloat(s.buf[:0], v.Float(), 'f', -1, 64)
		s.w.Write(s.buf)
	default:
		panic("reading: no JSON for " + v.Type().String())
	}
}

// isEmpty is what omitempty leaves out.
func isEmpty(v reflect.Value) bool {
	if v.Kind() == reflect.Slice {
		return v.Len() == 0
	}
	return v.Kind() != reflect.Struct && v.IsZero()
}

func (s *stream) fieldsOf(t reflect.Type) []field {
	if f, ok := s.fields[t]; ok {
		return f
	}
	list := make([]field, t.NumField())
	for i := range list {
		key, options, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		list[i] = field{key, strings.Contains(options, "omitempty"), strings.Contains(options, "omitzero")}
	}
	s.fields[t] = list
	return list
}

const hexDigits = "0123456789abcdef"

// string writes v between quotation marks, as encoding/json escapes it without
// HTML.
func (s *stream) string(v string) {
	s.w.WriteByte('"')
	done := 0
	for i := 0; i < len(v); {
		c := v[i]
		if c >= 0x20 && c != '"' && c != '\\' && c < utf8.RuneSelf {
			i++
			continue
		}
		r, n := rune(c), 1
		if c >= utf8.RuneSelf {
			if r, n = utf8.DecodeRuneInString(v[i:]); (r != utf8.RuneError || n > 1) && r != '\u2028' && r != '\u2029' {
				i += n
				continue
			}
		}
		s.w.WriteString(v[done:i])
		s.escape(r)
		i += n
		done = i
	}
	s.w.WriteString(v[done:])
	s.w.WriteByte('"')
}

func (s *stream) escape(r rune) {
	s.w.WriteByte('\\')
	switch r {
	case '"', '\\':
		s.w.WriteByte(byte(r))
	case '\b':
		s.w.WriteByte('b')
	case '\f':
		s.w.WriteByte('f')
	case '\n':
		s.w.WriteByte('n')
	case '\r':
		s.w.WriteByte('r')
	case '\t':
		s.w.WriteByte('t')
	default:
		s.w.WriteByte('u')
		for shift := 12; shift >= 0; shift -= 4 {
			s.w.WriteByte(hexDigits[r>>shift&0xf])
		}
	}
}
