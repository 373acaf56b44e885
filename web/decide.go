package web

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"readout/record"
	"readout/sheet"
	"readout/web/account"
)

// What people decide over the pages. A decision goes three steps: a form says
// what is wanted, in the terms of record.Ask; its address (GET /decide) shows
// what that would change and keeps nothing; the button there posts the same
// fields, and they are kept. Accepting changes nothing that is shown, and so is
// posted at once. All of it works without scripts.

// decideParams are the fields of a form that decides: those of record.Ask, and
// where it came from.
var decideParams = []string{"do", "ids", "field", "value", "name", "account", "why", "back"}

// fromReview is where a form of the queue came from.
const fromReview = "review"

// who is by whom something is decided: who is signed in, else who serves.
func (s *Server) who(ctx context.Context) (string, error) {
	by := cmp.Or(account.User(ctx), s.c.By)
	if by == "" {
		return "", problem{Status: http.StatusForbidden, Detail: "a decision needs somebody's name, and nobody is signed in"}
	}
	return by, nil
}

// order reads what a form wants decided.
func order(form url.Values) (record.Ask, error) {
	o := record.Ask{
		Do: form.Get("do"), Field: strings.TrimSpace(form.Get("field")), Value: strings.TrimSpace(form.Get("value")), Name: strings.TrimSpace(form.Get("name")),
		Account: form.Get("account") == "1", Why: strings.TrimSpace(form.Get("why")),
	}
	for _, v := range form["ids"] { // several fields, or several in one
		o.IDs = append(o.IDs, strings.Fields(strings.ReplaceAll(v, ",", " "))...)
	}
	if len(o.IDs) > maxIDs {
		return o, bad(fmt.Sprintf("ids: at most %d at once", maxIDs))
	}
	return o, check(&o)
}

// maxIDs is of how many things one decision may be.
const maxIDs = 200

// check refuses an Ask that is none, whatever the record has.
func check(o *record.Ask) error {
	if o.Do != "" && !slices.Contains([]string{record.DoAccept, record.DoCorrect, record.DoReject, record.DoMerge, record.DoSplit, record.DoLink, record.DoUndo}, o.Do) {
		return bad(fmt.Sprintf("do: %q is none of accept, correct, reject, merge, split, link, undo", o.Do))
	}
	for _, v := range append([]string{o.Do, o.Field, o.Value, o.Name, o.Why}, o.IDs...) {
		if len(v) > 4*maxValue || !utf8.ValidString(v) || strings.ContainsRune(v, 0) {
			return bad("not a value that can be kept")
		}
	}
	if len(o.IDs) == 0 {
		return bad("ids: what is it about?")
	}
	return nil
}

// propose makes the decision that is asked for. What it cannot be is told to who
// asked.
func (s *Server) propose(ctx context.Context, q record.Query, o record.Ask) (*record.Decision, error) {
	if o.Do == record.DoMerge && len(o.IDs) < 2 {
		return nil, bad("merge: with what? The id of another is needed")
	}
	d, err := s.c.Ledger.Propose(ctx, q, o)
	if err == nil || errors.Is(err, record.ErrNotFound) || errors.Is(err, record.ErrAmbiguous) || ctx.Err() != nil {
		return d, err
	}
	return nil, problem{Status: http.StatusUnprocessableEntity, Detail: err.Error()}
}

// keep decides what is asked for, and gives the id of the decision.
func (s *Server) keep(ctx context.Context, o record.Ask) (string, error) {
	by, err := s.who(ctx)
	if err != nil {
		return "", err
	}
	o.By, o.When = by, s.c.Now().UTC()
	d, err := s.propose(ctx, s.c.Look, o)
	if err != nil {
		return "", err
	}
	ids, err := s.c.Ledger.Decide(ctx, *d)
	if err != nil {
		return "", err
	}
	return ids[0], nil
}

// decidePage is a decision that is not taken yet.
type decidePage struct {
	Wrong    string // why it cannot be, "" where it can
	What     []sheetLine
	Changes  []sheetLine
	Unfit    []sheetLine
	Ask      []link // the fields of the form that keeps it
	Keep     bool
	Back     link
	Thing    *sheetLine // what is to be decided upon
	Words    []*words
	Choices  *choices
	Decision string
}

// sheetLine is a line of package sheet, with the address of what it is about.
type sheetLine struct {
	sheet.Line
	URL string
}

func (a *ask) sheetLines(list []sheet.Line) []sheetLine {
	out := make([]sheetLine, 0, len(list))
	for _, l := range list {
		out = append(out, sheetLine{l, a.thing(l.ID)})
	}
	return out
}

// thing is the address of what an id names, "" where it has no page.
func (a *ask) thing(id string) string {
	if id == "" {
		return ""
	}
	switch id[0] {
	case 'e':
		return a.event(id)
	case 's':
		return a.statement(id)
	case 'v':
		return a.to("/article/" + sheet.Short(id))
	case 'd':
		return a.to("/decisions") + "#" + sheet.Short(id)
	}
	return ""
}

// decide shows what a decision would change, or, where it is not told what is to
// be decided, what can be.
func decide(ctx context.Context, a *ask) (*page, error) {
	o, err := order(a.form)
	if err != nil {
		return nil, err
	}
	p := &page{Name: "decide", Title: "Correct this", Script: scriptReview, Form: true}
	d := &decidePage{Back: a.back(&o)}
	p.Data = d
	if o.Do == "" {
		if a.json {
			return nil, bad("do: accept, correct, reject, merge, split or undo")
		}
		return p, a.choose(ctx, d, o.IDs[0])
	}
	o.By = cmp.Or(account.User(ctx), a.s.c.By, "nobody")
	o.When = a.now
	dec, err := a.s.propose(ctx, a.q, o)
	var v *record.Preview
	if err == nil {
		v, err = a.s.c.Ledger.Preview(ctx, a.q, *dec)
	}
	var wrong problem
	if errors.As(err, &wrong) && !a.json { // it can be mended on the same page
		d.Wrong = sheet.Capital(wrong.Detail)
		if o.Do == record.DoUndo || len(o.IDs) == 0 {
			return p, nil
		}
		if err := a.choose(ctx, d, o.IDs[0]); err != nil {
			return nil, err
		}
		d.Choices.fill(&o)
		return p, nil
	}
	if err != nil {
		return nil, err
	}
	for i := range v.Decisions { // it has none until it is kept
		v.Decisions[i].ID = ""
	}
	p.Title, p.Sub, p.View = "What it would change", "nothing is kept yet", v
	if a.json {
		return p, nil
	}
	said := sheet.Preview(v).Sections
	d.What, d.Changes, d.Keep = a.sheetLines(said[0].Lines), a.sheetLines(said[1].Lines), true
	if len(said) > 2 {
		d.Unfit = a.sheetLines(said[2].Lines)
	}
	d.Ask = fields(&o, a.form.Get("back"))
	return p, nil
}

// fields are the hidden fields of a form that asks for o.
func fields(o *record.Ask, from string) []link {
	out := []link{{Name: "do", URL: o.Do}}
	for _, id := range o.IDs {
		out = append(out, link{Name: "ids", URL: id})
	}
	for _, f := range []link{{Name: "field", URL: o.Field}, {Name: "value", URL: o.Value}, {Name: "name", URL: o.Name}, {Name: "why", URL: o.Why}, {Name: "back", URL: from}} {
		if f.URL != "" {
			out = append(out, f)
		}
	}
	if o.Account {
		out = append(out, link{Name: "account", URL: "1"})
	}
	return out
}

// back is where who decides came from.
func (a *ask) back(o *record.Ask) link {
	if a.form.Get("back") == fromReview || len(o.IDs) == 0 {
		return link{URL: a.to("/review"), Name: "Back to the queue"}
	}
	if url := a.thing(o.IDs[0]); url != "" {
		return link{URL: url, Name: "Back"}
	}
	return link{URL: a.to("/decisions"), Name: "Back"}
}

// choose shows a thing, and what can be decided of it.
func (a *ask) choose(ctx context.Context, d *decidePage, id string) error {
	switch id[0] {
	case 'e':
		v, err := a.s.c.Ledger.Event(ctx, a.q, id)
		if err != nil {
			return err
		}
		e := v.Event
		d.Thing = &sheetLine{sheet.Line{Lead: sheet.When(e), Text: sheet.Name(e) + ", " + e.Status.Value, ID: sheet.Short(e.ID)}, a.event(e.ID)}
		d.Choices = a.eventChoices(e, "")
		d.Words = a.told(e)
	case 's':
		v, err := a.s.c.Ledger.Statement(ctx, a.q, id)
		if err != nil {
			return err
		}
		st := v.Statement
		l := a.said(st)
		d.Thing = &sheetLine{sheet.Line{Lead: l.Day, Text: l.By + " (" + l.Verb + "): " + l.Text, ID: l.ID}, l.URL}
		d.Choices = a.statementChoices(st, "")
		for i := range st.Witnesses[:min(len(st.Witnesses), maxShown)] {
			d.Words = append(d.Words, a.words(&st.Witnesses[i]))
		}
	default: // an article: who somebody is
		v, err := a.s.c.Ledger.Article(ctx, a.q, id)
		if err != nil {
			return err
		}
		title := cmp.Or(v.Title, "An article without a title")
		d.Thing = &sheetLine{sheet.Line{Lead: sheet.Date(v.Published), Text: title, ID: sheet.Short(v.ID)}, a.to("/article/" + sheet.Short(v.ID))}
		d.Choices = &choices{IDs: []string{v.ID}, Naming: true, AskName: true}
	}
	return nil
}

// maxShown is how many accounts of a thing a form shows.
const maxShown = 8

func (a *ask) told(e *record.Event) []*words {
	var out []*words
	for i := range e.Mentions[:min(len(e.Mentions), maxShown)] {
		out = append(out, a.words(&e.Mentions[i].Witness))
	}
	return out
}

// decideForm keeps what a form asks for, and leads back to where it came from.
func (s *Server) decideForm(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		s.fail(w, r, bad("the form cannot be read"))
		return
	}
	o, err := order(r.PostForm)
	if err == nil && o.Do == "" {
		err = bad("do: what is to be decided?")
	}
	if err != nil {
		s.fail(w, r, err)
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), limit)
	defer cancel()
	id, err := s.keep(ctx, o)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	to := url.Values{"done": {sheet.Short(id)}}
	path := "/decisions"
	if r.PostForm.Get("back") == fromReview {
		path = "/review"
		if at := r.PostForm.Get("at"); at != "" && len(at) < maxValue {
			to.Set("at", at)
		}
		if o.Do == record.DoUndo {
			to.Del("done")
			to.Set("undone", sheet.Short(o.IDs[0]))
		}
	}
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, path+"?"+to.Encode(), http.StatusSeeOther)
}

// maxForm is how long a form may be, in bytes.
const maxForm = 64 << 10

// Decision is what came of a decision that a program asked for.
type Decision struct {
	ID string `json:"id"`
}

// decideJSON keeps what a program asks for, in the form of record.Ask.
func (s *Server) decideJSON(w http.ResponseWriter, r *http.Request) {
	body, err := jsonBody(w, r, maxForm)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	var o struct {
		Do      string   `json:"do"`
		IDs     []string `json:"ids"`
		Field   string   `json:"field"`
		Value   string   `json:"value"`
		Name    string   `json:"name"`
		Account bool     `json:"account"`
		Why     string   `json:"why"`
	}
	if err := strict(body, &o); err != nil {
		s.fail(w, r, bad("the body is no decision: "+err.Error()))
		return
	}
	want := record.Ask{Do: o.Do, IDs: o.IDs, Field: o.Field, Value: o.Value, Name: o.Name, Account: o.Account, Why: o.Why}
	if err = check(&want); err == nil && o.Do == "" {
		err = bad("do: accept, correct, reject, merge, split or undo")
	}
	if err != nil {
		s.fail(w, r, err)
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), limit)
	defer cancel()
	id, err := s.keep(ctx, want)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	s.created(w, r, "/decisions", Decision{ID: id})
}

// created answers a program with what was made, and where it is.
func (s *Server) created(w http.ResponseWriter, r *http.Request, at string, v any) {
	b, err := json.Marshal(v)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("Cache-Control", "no-store")
	h.Set("Location", at)
	w.WriteHeader(http.StatusCreated)
	_, _ = w.Write(append(b, '\n')) // who asked is gone
}

// decisionsPage is the log of decisions.
type decisionsPage struct {
	Done  string // the decision that was taken just now
	Lines []taken
	Next  string
}

type taken struct {
	sheetLine
	Links []link // what it is about
	Undo  bool   // it can be undone
	New   bool
}

func decisions(ctx context.Context, a *ask) (*page, error) {
	n, err := a.whole("limit", 50, 1, 1000)
	if err != nil {
		return nil, err
	}
	v, err := a.s.c.Ledger.Decisions(ctx, a.q)
	if err != nil {
		return nil, err
	}
	all := v.Decisions
	next := ""
	if v.Decisions, next, err = paged(v.Decisions, a.form.Get("after"), n, func(t record.Taken) string { return t.ID }); err != nil {
		return nil, err
	}
	d := &decisionsPage{Done: a.form.Get("done")}
	p := &page{Name: "decisions", Title: "What people decided", Sub: sub(&v.Head), Data: d, Rows: func() ([]string, [][]string) { return takenRows(all) }, View: struct {
		*record.Log
		Next string `json:"next,omitempty"`
	}{v, next}}
	if next != "" {
		p.Next = a.with("after", next)
		d.Next = p.Next
	}
	for i := range v.Decisions {
		t := &v.Decisions[i]
		l := sheet.Taken(t)
		x := taken{sheetLine: sheetLine{Line: l}, Undo: t.Undone == "", New: d.Done != "" && strings.HasPrefix(t.ID, d.Done)}
		x.Details = slices.DeleteFunc(l.Details, func(d sheet.Detail) bool { return d.Label == "of" })
		for _, id := range t.On {
			if url := a.thing(id); url != "" {
				x.Links = append(x.Links, link{URL: url, Name: sheet.Short(id)})
			}
		}
		d.Lines = append(d.Lines, x)
	}
	return p, nil
}

// takenRows are decisions as a table.
func takenRows(list []record.Taken) (head []string, rows [][]string) {
	for i := range list {
		t := &list[i]
		rows = append(rows, []string{t.ID, t.When.Format(time.RFC3339), t.By, t.Do, strings.Join(t.On, "; "), t.Field, t.Value, t.Why, t.Undone, sheet.Taken(t).Text})
	}
	return []string{"decision", "when", "by", "does", "of", "field", "value", "why", "undone", "text"}, rows
}
