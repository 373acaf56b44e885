package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"readout/record"
	"readout/sheet"
)

// desk is where a reviewer works: the record, and who decides.
type desk struct {
	l  *record.Ledger
	q  record.Query
	by byFlags
}

func (d *desk) propose(ctx context.Context, a record.Ask) (*record.Decision, error) {
	a.By, a.Why = d.by.by, d.by.why
	return d.l.Propose(ctx, d.q, a)
}

// Keys that are no letters.
const (
	keyUp        = "up"
	keyDown      = "down"
	keyPageUp    = "page up"
	keyPageDown  = "page down"
	keyHome      = "home"
	keyEnd       = "end"
	keyEnter     = "enter"
	keyEscape    = "escape"
	keyBackspace = "backspace"
	keyClear     = "clear" // Ctrl-U
	keyStop      = "stop"  // Ctrl-C, Ctrl-D
)

// What the reviewer is doing.
const (
	modeList    = iota // going through the queue
	modeOpen           // reading one thing
	modePrompt         // typing what is corrected, merged or split
	modePreview        // asked whether to keep what is shown
	modeHelp
)

// reviewer is the state of a review. What it shows is a function of the queue
// and the keys that were pressed.
type reviewer struct {
	desk  *desk
	queue *record.Queue
	at    int // in the queue
	mode  int
	// page is what is open, or a preview; top its first line on the screen.
	page    *sheet.Page
	top     int
	prompt  string // what is asked for
	typed   string
	typing  func(context.Context, string) error // takes what was typed
	preview *record.Preview
	done    []string // decisions of this session, the last last
	message string
	quit    bool
}

func newReviewer(ctx context.Context, d *desk) (*reviewer, error) {
	r := &reviewer{desk: d}
	return r, r.refresh(ctx)
}

// refresh asks for the queue again and stays where it was.
func (r *reviewer) refresh(ctx context.Context) (err error) {
	r.queue, err = r.desk.l.Queue(ctx, r.desk.q)
	if err == nil {
		r.at = max(0, min(r.at, len(r.queue.Items)-1))
	}
	return err
}

func (r *reviewer) item() *record.Item {
	if r.at < len(r.queue.Items) {
		return r.queue.Items[r.at]
	}
	return nil
}

// press takes one key: a letter, or the name of another key. What goes wrong is
// shown; the error is one that ends the review.
func (r *reviewer) press(ctx context.Context, key string) error {
	if key == keyStop {
		r.quit = true
		return nil
	}
	message := r.message
	r.message = ""
	var err error
	switch r.mode {
	case modePrompt:
		err = r.write(ctx, key)
		if err != nil { // it can be mended
			r.message = err.Error()
			return ctx.Err()
		}
	case modePreview:
		err = r.answer(ctx, key)
		if r.mode == modePreview && err == nil {
			r.message = message
		}
	case modeHelp:
		r.mode, r.top = modeList, 0
	default:
		err = r.command(ctx, key)
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		r.message = err.Error()
	}
	return nil
}

func (r *reviewer) command(ctx context.Context, key string) error {
	switch key {
	case "q", keyEscape:
		if r.mode == modeOpen {
			r.mode, r.page, r.top = modeList, nil, 0
			return nil
		}
		r.quit = key == "q"
	case "?":
		r.mode, r.top = modeHelp, 0
	case "j", keyDown:
		r.move(1)
	case "k", keyUp:
		r.move(-1)
	case " ", keyPageDown:
		r.move(10)
	case "b", keyPageUp:
		r.move(-10)
	case "g", keyHome:
		r.move(-1 << 20)
	case "G", keyEnd:
		r.move(1 << 20)
	case "n":
		r.next(1)
		return r.reopen(ctx)
	case "p":
		r.next(-1)
		return r.reopen(ctx)
	case "u":
		return r.undo(ctx)
	case keyEnter, "o":
		if r.item() != nil && r.mode == modeList {
			return r.open(ctx)
		}
	case "a", "c", "e", "x", "m", "s":
		if i := r.item(); i != nil {
			return r.decide(ctx, key, i)
		}
	default:
		r.message = "? tells the keys"
	}
	return nil
}

// move goes through the queue, or through the page that is open.
func (r *reviewer) move(n int) {
	if r.mode == modeOpen {
		r.top = max(0, r.top+n)
		return
	}
	r.next(n)
}

func (r *reviewer) next(n int) {
	r.at = max(0, min(r.at+n, len(r.queue.Items)-1))
}

func (r *reviewer) reopen(ctx context.Context) error {
	if r.mode == modeOpen && r.item() != nil {
		return r.open(ctx)
	}
	return nil
}

// open shows all there is to one thing.
func (r *reviewer) open(ctx context.Context) error {
	i := r.item()
	head := sheet.Section{Lines: []sheet.Line{sheet.Question(i)}}
	page := &sheet.Page{Sections: []sheet.Section{head}}
	for _, e := range []*record.Event{i.Event, i.Other} {
		if e == nil {
			continue
		}
		v, err := r.desk.l.Event(ctx, r.desk.q, e.ID)
		if err != nil {
			return err
		}
		p := sheet.Event(v)
		page.Sections = append(page.Sections, sheet.Section{Lines: []sheet.Line{{Text: p.Title, Details: []sheet.Detail{{Text: p.Sub}}}}})
		page.Sections = append(page.Sections, p.Sections...)
	}
	if s := i.Statement; s != nil {
		sec := sheet.Section{Name: "Where it is told"}
		for n := range s.Witnesses {
			w := &s.Witnesses[n]
			sec.Lines = append(sec.Lines, sheet.Line{Text: sheet.Quote(w.Words), Details: []sheet.Detail{{Text: sheet.Source(w)}}})
		}
		page.Sections = append(page.Sections, sec)
	}
	if len(i.Witnesses) > 0 {
		sec := sheet.Section{Name: "In these articles"}
		for n := range i.Witnesses {
			w := &i.Witnesses[n]
			sec.Lines = append(sec.Lines, sheet.Line{Text: w.Words, ID: sheet.Short(w.Article), Details: []sheet.Detail{{Text: sheet.Source(w)}}})
		}
		page.Sections = append(page.Sections, sec)
	}
	r.page, r.top, r.mode = page, 0, modeOpen
	return nil
}

// decide begins a decision on what the reviewer looks at.
func (r *reviewer) decide(ctx context.Context, key string, i *record.Item) error {
	switch key {
	case "a":
		return r.accept(ctx, i)
	case "c", "e":
		return r.correct(i)
	case "x":
		switch {
		case i.Event != nil && i.Other == nil:
			return r.look(ctx, record.Ask{Do: record.DoReject, IDs: []string{i.Event.ID}})
		case i.Statement != nil:
			return r.look(ctx, record.Ask{Do: record.DoReject, IDs: []string{i.Statement.ID}})
		case i.Other != nil:
			return errors.New("which of the two? readout decide reject ID; m merges them, a leaves them apart")
		}
		return errors.New("this cannot be rejected: c says who it is, a leaves it as it is")
	case "m":
		if i.Other != nil {
			return r.look(ctx, record.Ask{Do: record.DoMerge, IDs: []string{i.Event.ID, i.Other.ID}})
		}
		id := ""
		switch {
		case i.Event != nil:
			id = i.Event.ID
		case i.Statement != nil:
			id = i.Statement.ID
		default:
			return errors.New("events and statements are merged; c says who somebody is")
		}
		r.ask("merge with (id): ", "", func(ctx context.Context, s string) error {
			return r.look(ctx, record.Ask{Do: record.DoMerge, IDs: append([]string{id}, strings.Fields(s)...)})
		})
	case "s":
		if i.Event == nil || len(i.Event.Mentions) < 2 {
			return errors.New("only an event of several accounts is split")
		}
		r.ask("split off (ids of accounts; Enter opens them): ", "", func(ctx context.Context, s string) error {
			return r.look(ctx, record.Ask{Do: record.DoSplit, IDs: append([]string{i.Event.ID}, strings.Fields(s)...)})
		})
	}
	return nil
}

// accept keeps that something is right. It changes nothing that is shown.
func (r *reviewer) accept(ctx context.Context, i *record.Item) error {
	d, err := r.desk.propose(ctx, i.Accept)
	if err != nil {
		return err
	}
	ids, err := r.desk.l.Decide(ctx, *d)
	if err != nil {
		return err
	}
	r.done = append(r.done, ids...)
	r.message = "accepted"
	if d.Do == record.DoUndo {
		r.message = "let go: the decision is undone"
	}
	r.mode, r.page = modeList, nil
	if d.Do == record.DoUndo {
		return r.refresh(ctx)
	}
	// It changes nothing but what is asked, which need not be asked for anew.
	r.queue.Items = slices.DeleteFunc(r.queue.Items, func(o *record.Item) bool { return o == i || settles(i, o) })
	r.next(0)
	return nil
}

// settles reports whether accepting one item answers another: all of an event or
// statement was accepted.
func settles(i, o *record.Item) bool {
	if i.Accept.Field != "" {
		return false
	}
	return i.Event != nil && o.Event != nil && o.Other == nil && i.Event.ID == o.Event.ID || i.Statement != nil && o.Statement != nil && i.Statement.ID == o.Statement.ID
}

func (r *reviewer) correct(i *record.Item) error {
	switch {
	case i.Other != nil:
		return errors.New("which of the two? readout decide correct ID …; m merges them, a leaves them apart")
	case i.Event != nil, i.Statement != nil:
		id, begin := "", ""
		switch i.Kind {
		case record.DoubtDay, record.DoubtPlace, record.DoubtStatus:
			begin = i.Kind + "="
		}
		if i.Event != nil {
			id = i.Event.ID
		} else {
			id = i.Statement.ID
		}
		r.ask("field=value: ", begin, func(ctx context.Context, s string) error {
			field, value, ok := strings.Cut(s, "=")
			if !ok {
				return errors.New("it is told as field=value: status=planned, day=2025-08-22, source=sergei-lavrov")
			}
			return r.look(ctx, record.Ask{Do: record.DoCorrect, IDs: []string{id}, Field: strings.TrimSpace(field), Value: value})
		})
	case i.Name != "":
		begin := ""
		if len(i.Could) == 1 {
			if begin = i.Could[0].Key; strings.Contains(begin, ":") { // no key of the registry
				begin = i.Could[0].Name
			}
		}
		r.ask(i.Name+" is (key, name or nobody known): ", begin, func(ctx context.Context, s string) error {
			return r.look(ctx, record.Ask{Do: record.DoCorrect, IDs: i.Accept.IDs, Name: i.Accept.Name, Field: "who", Value: s})
		})
	default:
		return errors.New("a stale decision is let go (a), or made again with readout decide")
	}
	return nil
}

// ask begins to take a line of text.
func (r *reviewer) ask(prompt, typed string, f func(context.Context, string) error) {
	r.mode, r.prompt, r.typed, r.typing = modePrompt, prompt, typed, f
}

// write takes one key of a line of text.
func (r *reviewer) write(ctx context.Context, key string) error {
	switch key {
	case keyEnter:
		if strings.TrimSpace(r.typed) == "" {
			r.back()
			return nil
		}
		return r.typing(ctx, strings.TrimSpace(r.typed))
	case keyEscape:
		r.back()
	case keyBackspace:
		_, n := utf8.DecodeLastRuneInString(r.typed)
		r.typed = r.typed[:len(r.typed)-n]
	case keyClear:
		r.typed = ""
	default:
		if utf8.RuneCountInString(key) == 1 && len(r.typed) < 1000 {
			r.typed += key
		}
	}
	return nil
}

func (r *reviewer) back() {
	r.mode, r.page, r.top, r.prompt, r.typed, r.typing, r.preview = modeList, nil, 0, "", "", nil, nil
}

// look shows what a decision changes, and asks whether to keep it.
func (r *reviewer) look(ctx context.Context, a record.Ask) error {
	d, err := r.desk.propose(ctx, a)
	if err != nil {
		return err
	}
	if r.preview, err = r.desk.l.Preview(ctx, r.desk.q, *d); err != nil {
		return err
	}
	r.mode, r.top = modePreview, 0
	r.page = sheet.Preview(r.preview)
	return nil
}

// answer keeps what is shown, or does not.
func (r *reviewer) answer(ctx context.Context, key string) error {
	switch key {
	case "y", keyEnter:
		ids, err := r.desk.l.Decide(ctx, r.preview.List()...)
		if err != nil {
			return err
		}
		r.done = append(r.done, ids...)
		r.back()
		r.message = fmt.Sprintf("kept: %s; u undoes it", sheet.Short(ids[0]))
		return r.refresh(ctx)
	case "n", "q", keyEscape:
		r.back()
		r.message = "not kept"
	case "j", keyDown, " ", keyPageDown:
		r.top++
	case "k", keyUp, keyPageUp:
		r.top = max(0, r.top-1)
	}
	return nil
}

// undo takes back the last decision of this session.
func (r *reviewer) undo(ctx context.Context) error {
	n := len(r.done)
	if n == 0 {
		return errors.New("nothing was decided in this session; readout decide list has what was before")
	}
	d, err := r.desk.propose(ctx, record.Ask{Do: record.DoUndo, IDs: []string{r.done[n-1]}})
	if err != nil {
		return err
	}
	if _, err := r.desk.l.Decide(ctx, *d); err != nil {
		return err
	}
	r.message = "undone: " + sheet.Short(r.done[n-1])
	r.done = r.done[:n-1]
	r.mode, r.page = modeList, nil
	return r.refresh(ctx)
}

var reviewHelp = &sheet.Page{Title: "Keys", Sections: []sheet.Section{{Lines: []sheet.Line{
	{Lead: "j, k", Text: "next, previous; arrows, space, b, g, G too"},
	{Lead: "Enter", Text: "open what is asked about; n and p go on from there, q closes it"},
	{Lead: "a", Text: "accept: it is right as it is. Two events stay apart, a name stays as it is, a stale decision is let go"},
	{Lead: "e", Text: "edit (or c, correct): field=value, as in status=planned or day=2025-08-22; of a name, who it is"},
	{Lead: "x", Text: "reject: the words do not say this"},
	{Lead: "m", Text: "merge: these are one"},
	{Lead: "s", Text: "split: accounts of it are of another event"},
	{Lead: "u", Text: "undo the last decision of this session"},
	{Lead: "q", Text: "quit; what was decided is kept"},
}}}, Foot: "What a decision changes is shown before it is kept. Any key goes back."}

// frame is the screen: at most height lines of at most width columns.
func (r *reviewer) frame(width, height int, color bool) []string {
	width, height = max(width, 20), max(height, 4)
	var body []string
	focus := -1
	foot := r.message
	switch r.mode {
	case modeHelp:
		body = render(reviewHelp, width, color)
	case modePreview:
		body = render(r.page, width, color)
		foot = "keep it? y, n"
		if r.message != "" {
			foot = r.message + " · " + foot
		}
	default:
		if r.page != nil {
			body = render(r.page, width, color)
		} else {
			body, focus = r.list(width, color)
		}
		if r.mode == modePrompt {
			foot = r.prompt + r.typed + "█"
			if r.message != "" {
				body = append([]string{"", "! " + r.message}, body...)
				focus += 2
			}
		}
	}
	if foot == "" {
		foot = hints(width)
	}
	head := fmt.Sprintf("review · %d of %d", min(r.at+1, len(r.queue.Items)), len(r.queue.Items)+r.queue.More)
	if r.desk.by.by != "" {
		head += " · " + r.desk.by.by
	}
	room := height - 2
	top := r.top
	if focus >= 0 { // the item stays in sight
		top = max(0, min(focus-room/3, len(body)-room))
	}
	top = max(0, min(top, len(body)-room))
	if r.mode != modeList && r.page != nil {
		r.top = top
	}
	out := []string{invert(fit(head, width), color)}
	for i := range room {
		line := ""
		if top+i < len(body) {
			line = cut(body[top+i], width)
		}
		out = append(out, line)
	}
	return append(out, invert(tail(foot, width), color))
}

// hints are as many keys as have room, those that lead further first.
func hints(width int) string {
	s := "? help · q quit"
	for _, h := range []string{"j k move", "Enter open", "a accept", "c correct", "x reject", "m merge", "s split", "u undo"} {
		if utf8.RuneCountInString(s+" · "+h) > width {
			break
		}
		s += " · " + h
	}
	return s
}

// list is the queue, with the line where the item begins that is looked at.
func (r *reviewer) list(width int, color bool) (lines []string, focus int) {
	if len(r.queue.Items) == 0 {
		return []string{"", "  Nothing to look at."}, 0
	}
	for n, i := range r.queue.Items {
		q := sheet.Question(i)
		if n != r.at { // one line will do
			q.Details = nil
		}
		p := &sheet.Page{Sections: []sheet.Section{{Lines: []sheet.Line{q}}}}
		list := render(p, width-2, color)
		if n != r.at && len(list) > 1 {
			list = list[:1]
		}
		for j := range list {
			mark := "  "
			if n == r.at {
				mark = "▌ "
			}
			list[j] = mark + list[j]
		}
		if n == r.at {
			focus = len(lines)
		}
		lines = append(lines, list...)
	}
	return lines, focus
}

// render is a page as lines.
func render(p *sheet.Page, width int, color bool) []string {
	var b bytes.Buffer
	if err := p.Text(&b, sheet.TextConfig{Width: width, Color: color}); err != nil {
		return []string{err.Error()}
	}
	lines := strings.Split(strings.Trim(b.String(), "\n"), "\n")
	return lines
}

// fit makes s as wide as the screen; tail keeps its end where it is wider.
func fit(s string, width int) string {
	r := []rune(s)
	if len(r) > width {
		return string(r[:width-1]) + "…"
	}
	return s + strings.Repeat(" ", width-len(r))
}

func tail(s string, width int) string {
	r := []rune(s)
	if len(r) > width && strings.HasSuffix(s, "█") {
		return "…" + string(r[len(r)-width+1:])
	}
	return fit(s, width)
}

// cut keeps at most width columns of a line with colours.
func cut(s string, width int) string {
	n, escape := 0, false
	for i, r := range s {
		switch {
		case escape:
			escape = r != 'm'
		case r == '\x1b':
			escape = true
		case n == width:
			return s[:i]
		default:
			n++
		}
	}
	return s
}

func invert(s string, color bool) string {
	if !color {
		return s
	}
	return "\x1b[7m" + s + "\x1b[0m"
}
