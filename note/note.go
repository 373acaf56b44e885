// Package note is what people enter by hand: a note that somebody typed, of a
// room, a phone call or a source, with lines that say what its words mean, and
// the sheet in which an analyst keeps a timeline.
//
// Nothing is entered without words. A note is an article as any other, and each
// line rests on words of its text; a row of a sheet is a note whose text is what
// the row says. Apply puts the lines into the reading that the models made of
// the text: what a person says of some words takes the place of what the machine
// read in them.
//
// It knows the form that people type and how a table reads. Who is who is for
// package registry; reading a text, and the record, are for others.
package note

import (
	"fmt"
	"strings"

	"readout/doc"
	"readout/reading"
)

// Form is a note as it is typed: its text, and what it says.
//
//	by: jane
//	published: 2023-06-19
//	title: Call with the embassy
//
//	Blinken met Wang Yi on Sunday. Our man was in the room.
//
//	---
//	event: meeting | Blinken, Wang Yi | 2023-06-18 | Beijing | occurred | "met Wang Yi on Sunday"
//	# a comment
//
// The head ends at the first empty line and may be left out; so may everything
// from the line of dashes on. Comments stand among the entries only: in the text
// a # is a #.
type Form struct {
	By        string
	Published string
	Title     string
	Text      string
	Entries   []Entry
}

// Entry is one line of a form: what some words of the note say. One of Event,
// Said, Stands, Waits and Tied is set.
type Entry struct {
	At     string // where it was typed, for messages: "note.txt:12", "--event 2"
	Event  *Event
	Said   *Said
	Stands *Stands
	Waits  *Waits
	Tied   *Tied
	// Words of the note that it rests on, as they were typed; "" means the whole
	// note where that is one sentence.
	Words string
	span  *reading.Span // where they stand, if that is known
}

// Event is an event as somebody enters it. A field that is empty takes what the
// machine read in the same words, if anything.
type Event struct {
	Kind   doc.EventKind
	Format doc.Format
	Who    []Who
	When   string // ISO 8601, or words of time: "on Sunday"; "by …" is a last day
	Place  string
	Status doc.Status
	day    *reading.Time // in place of When, where it has been read
	none   [4]bool       // of who, when, place, status: "-" was typed, it is not told
}

// Who is somebody as named in an entry, with the part taken.
type Who struct {
	Name      string
	As        doc.Part      // unset: participant
	Kind      doc.ActorKind // unset: told from the name
	Country   string        // alpha-3; "" is told from the name
	Anonymous bool
}

// Said is a statement as somebody enters it.
type Said struct {
	By  Who
	Act doc.Act
	// About is the number of the event, from 1, that it speaks of; 0 means those
	// whose words it has in its own.
	About int
}

// Stands is a position as somebody enters it.
type Stands struct {
	Who    Who
	Topic  string
	Stance doc.Stance
}

// Waits is a condition as somebody enters it.
type Waits struct {
	// Event is the number of what waits among the events of the form, from 1; 0
	// means the event of the same sentence, or the last before it.
	Event int
	As    doc.ConditionKind
}

// Tied is a tie of two events as somebody enters it, by their numbers among the
// events of the form, from 1.
type Tied struct {
	Event, To int
	As        doc.LinkKind
}

// SyntaxError is a line that is not of the form.
type SyntaxError struct {
	Name string // the file or flag
	Line int    // from 1; 0 where there are no lines
	Msg  string
}

func (e *SyntaxError) Error() string { return place(e.Name, e.Line) + ": " + e.Msg }

func place(name string, line int) string {
	if line == 0 {
		return name
	}
	return fmt.Sprintf("%s:%d", name, line)
}

// maxLine is the length of a line up to which an entry is read, in bytes.
const maxLine = 1 << 16

// ParseForm reads a form; name is the file's, for messages. An error is a
// *SyntaxError.
func ParseForm(name, s string) (*Form, error) {
	f := &Form{}
	s = strings.ReplaceAll(strings.TrimPrefix(s, "\uFEFF"), "\r\n", "\n")
	lines := strings.Split(s, "\n")
	end := len(lines) // of the text
	for i, l := range lines {
		if strings.HasPrefix(l, "---") {
			end = i
		}
	}
	begin := f.head(lines[:end])
	f.Text = strings.Trim(strings.Join(lines[begin:end], "\n"), "\n")
	for i := end + 1; i < len(lines); i++ {
		l := strings.TrimSpace(lines[i])
		if l == "" || l[0] == '#' {
			continue
		}
		kind, rest, ok := strings.Cut(l, ":")
		if !ok {
			return nil, &SyntaxError{name, i + 1, fmt.Sprintf("%q says nothing of what it is: begin it with %s, or with # to leave it out", clip(l), choices(kinds))}
		}
		e, err := ParseEntry(strings.TrimSpace(kind), rest)
		if err != nil {
			return nil, &SyntaxError{name, i + 1, err.Error()}
		}
		e.At = place(name, i+1)
		f.Entries = append(f.Entries, e)
	}
	return f, nil
}

// head reads the lines before the first empty one where all of them are of a
// head, and gives where the text begins.
func (f *Form) head(lines []string) int {
	fields := map[string]*string{"by": &f.By, "published": &f.Published, "title": &f.Title}
	values := map[string]string{}
	for i, l := range lines {
		if strings.TrimSpace(l) == "" {
			if len(values) == 0 {
				continue
			}
			for k, v := range values {
				*fields[k] = v
			}
			return i
		}
		key, value, ok := strings.Cut(l, ":")
		key = strings.ToLower(strings.TrimSpace(key))
		if !ok || fields[key] == nil {
			return 0
		}
		values[key] = strings.TrimSpace(value)
	}
	for k, v := range values {
		*fields[k] = v
	}
	if len(values) > 0 {
		return len(lines)
	}
	return 0
}

func clip(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:39]) + "…"
	}
	return s
}
