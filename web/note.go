package web

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"readout/reading"
	"readout/record"
	"readout/sheet"
)

// Notes enters notes that people type.
type Notes struct {
	// Shapes are how an entry of each kind is typed: event, said, stands, waits.
	Shapes map[string]string
	// Enter reads a note and puts its entries into the reading. What it says of a
	// note that cannot be is for who typed it.
	Enter func(ctx context.Context, n *Note) (*Noted, error)
}

// Note is a note as it was typed.
type Note struct {
	By, Title string
	Published time.Time
	Text      string
	Entries   string // one a line: "event: meeting | Blinken, Wang Yi | on Sunday"
}

// Noted is a note that can be kept.
type Noted struct {
	Article *record.Article
	Reading *reading.Reading
	Lines   []string // what it says, as entries
}

// notePage is the form of a note.
type notePage struct {
	Wrong   string
	Text    string
	Title   string
	Day     string
	Entries string
	TLP     []option
	Shapes  []option
	Looked  bool
	Lines   []string // what it says
}

// maxNote is how long a note may be, in bytes.
const maxNote = 1 << 20

func (s *Server) notePage(form func(string) string) *notePage {
	d := &notePage{Text: form("text"), Title: form("title"), Day: form("published"), Entries: form("entries")}
	if d.Day == "" {
		d.Day = s.c.Now().UTC().Format(time.DateOnly)
	}
	for _, name := range record.TLPNames() {
		d.TLP = append(d.TLP, option{name, name, name == form("tlp")})
	}
	for _, kind := range []string{"event", "said", "stands", "waits"} {
		d.Shapes = append(d.Shapes, option{Value: kind, Label: s.c.Notes.Shapes[kind]})
	}
	return d
}

func noteForm(_ context.Context, a *ask) (*page, error) {
	if a.s.c.Notes == nil {
		return nil, problem{Status: http.StatusNotFound, Detail: "no notes are entered here"}
	}
	return &page{Name: "note", Title: "Enter a note", Form: true, Data: a.s.notePage(func(string) string { return "" })}, nil
}

// notePost shows what a note says, or keeps it.
func (s *Server) notePost(w http.ResponseWriter, r *http.Request) {
	if s.c.Notes == nil {
		s.fail(w, r, problem{Status: http.StatusNotFound, Detail: "no notes are entered here"})
		return
	}
	by, err := s.who(r.Context())
	if err != nil {
		s.fail(w, r, err)
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxNote)
	if err := r.ParseForm(); err != nil {
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			err = problem{Status: http.StatusRequestEntityTooLarge, Detail: "a note may have 1 MB"}
		} else {
			err = bad("the form cannot be read")
		}
		s.fail(w, r, err)
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), limit)
	defer cancel()
	form := func(name string) string { return strings.ReplaceAll(r.PostForm.Get(name), "\r\n", "\n") }
	d := s.notePage(form)
	n, tlp, err := s.enter(ctx, by, form)
	var at string
	if err == nil && form("do") == "keep" {
		at, err = s.keepNote(ctx, n, tlp, by)
	}
	var wrong problem
	switch {
	case err == nil && at != "":
		s.shelf.wrote()
		w.Header().Set("Cache-Control", "no-store")
		http.Redirect(w, r, "/article/"+sheet.Short(at), http.StatusSeeOther)
	case err == nil:
		d.Looked, d.Lines = true, n.Lines
		s.again(w, s.ask(r), http.StatusOK, &page{Name: "note", Title: "Enter a note", Sub: "nothing is kept yet", Form: true, Data: d})
	case errors.As(err, &wrong) && wrong.Status < http.StatusInternalServerError:
		d.Wrong = wrong.Detail
		s.again(w, s.ask(r), wrong.Status, &page{Name: "note", Title: "Enter a note", Form: true, Data: d})
	default:
		s.fail(w, r, err)
	}
}

// enter reads a note from a form.
func (s *Server) enter(ctx context.Context, by string, form func(string) string) (n *Noted, tlp record.TLP, err error) {
	in := &Note{By: by, Title: strings.TrimSpace(form("title")), Text: form("text"), Entries: form("entries")}
	for _, v := range []string{in.Title, in.Text, in.Entries} {
		if !utf8.ValidString(v) || strings.ContainsRune(v, 0) {
			return nil, 0, bad("the text is no text")
		}
	}
	if strings.TrimSpace(in.Text) == "" {
		return nil, 0, bad("there is no note: what was said, or seen?")
	}
	if in.Published, err = moment(form("published"), false); err != nil {
		return nil, 0, bad("day: " + err.Error())
	}
	if v := form("tlp"); v != "" {
		if tlp, err = record.ParseTLP(v); err != nil {
			return nil, 0, bad("marking: " + err.Error())
		}
	}
	if err := s.waitReader(ctx); err != nil {
		return nil, 0, err
	}
	defer s.freeReader()
	if n, err = s.c.Notes.Enter(ctx, in); err != nil && ctx.Err() == nil {
		err = problem{Status: http.StatusUnprocessableEntity, Detail: err.Error()}
	}
	return n, tlp, err
}

// keepNote puts a note into the record, and gives its version.
func (s *Server) keepNote(ctx context.Context, n *Noted, tlp record.TLP, by string) (string, error) {
	if tlp != 0 { // before it is added: it is at no moment without its marking
		if _, err := s.c.Ledger.MarkIDs(ctx, []string{n.Article.ID()}, tlp, by, ""); err != nil && !errors.Is(err, record.ErrPurged) {
			return "", err
		}
	}
	got, err := s.c.Ledger.Add(ctx, n.Article, n.Reading)
	if err != nil {
		return "", purged(err)
	}
	if !got.New && n.Reading.Hand() != "" { // the same note, with other entries
		if _, err := s.c.Ledger.Reread(ctx, n.Article, n.Reading); err != nil {
			return "", err
		}
	}
	return got.Version, nil
}
