package record

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"readout/record/join"
	"readout/registry"
)

// A process is a dossier: a named set of actors, issues and places, that gathers
// what belongs to it of its own accord, and what people put in or take out.
//
// All of it are decisions: that it is made (open), that it has a member or does
// not (include, exclude, by Field and Value), that an article or event is in it
// or is not (by an anchor). Of one thing the last word counts. An exclude that
// names nothing closes the process: what was decided of it before does not
// count. The process is what it is today, whatever moment a view looks at.
//
// What belongs, docs/process.md tells for people; dossier.touches is the rule.

// Fields of decisions about the members of a process.
const (
	fieldActor = "actor" // a key
	fieldSide  = "side"  // a country, or the United Nations, with all who act for it
	fieldIssue = "issue"
	fieldPlace = "place"
)

// Process is a dossier and what it is made of.
type Process struct {
	Name   string   `json:"name"`
	Title  string   `json:"title,omitempty"`
	By     string   `json:"by"`   // who made it
	When   string   `json:"when"` // and when
	Actors []Member `json:"actors"`
	Issues []string `json:"issues"`
	Places []string `json:"places"`
	In     []Hand   `json:"in"`  // put in by hand
	Out    []Hand   `json:"out"` // taken out by hand
}

// Member is an actor of a process.
type Member struct {
	Name string `json:"name"`
	Key  string `json:"key,omitempty"`
	Side string `json:"side,omitempty"` // of a country: all who act for it are meant
}

// Hand is an article or event that a person put in or took out.
type Hand struct {
	ID    string `json:"id"`   // of the decision
	Kind  string `json:"kind"` // article, event
	At    Anchor `json:"at"`
	Title string `json:"title,omitempty"` // of the article
	By    string `json:"by"`
	When  string `json:"when"`
	Why   string `json:"why,omitempty"`
}

// Errors about the names of processes.
var (
	ErrTaken     = errors.New("there is a process of that name")
	ErrNoProcess = errors.New("there is no process of that name")
)

// Name limits, in characters.
const maxProcessName = 80

// ProcessName gives a name as it is kept, one space between words, or says what
// is wrong with it. What could be taken for an id is no name.
func ProcessName(name string) (string, error) {
	out := strings.Join(strings.Fields(name), " ")
	switch {
	case out == "":
		return "", errors.New("a process needs a name")
	case !utf8.ValidString(out) || strings.ContainsFunc(out, unicode.IsControl):
		return "", fmt.Errorf("%q is no name: it has characters that cannot be shown", name)
	case utf8.RuneCountInString(out) > maxProcessName:
		return "", fmt.Errorf("a name has at most %d characters", maxProcessName)
	case strings.HasPrefix(out, "-"):
		return "", fmt.Errorf("%q is no name: it begins like a flag", name)
	case isID(out, "adeprsvx") && (len(out) == 16 || strings.ContainsAny(out, "0123456789")):
		return "", fmt.Errorf("%q is no name: it could be the beginning of an id", name)
	}
	return out, nil
}

// Processes are the processes of the record by name.
type Processes struct {
	Head
	Processes []*ProcessView `json:"processes"`
}

// Processes gives the processes of the record, each with what it gathers as of
// q.AsOf.
func (l *Ledger) Processes(ctx context.Context, q Query) (*Processes, error) {
	out := &Processes{Processes: []*ProcessView{}}
	var names []string
	err := l.look(ctx, q, func(k *look) (err error) {
		if out.Head, err = k.head(ctx, "processes", 0); err != nil {
			return err
		}
		names, err = processNames(ctx, k.r)
		return err
	})
	for _, n := range names {
		q.Process = n
		v, bad := l.ShowProcess(ctx, q)
		switch {
		case errors.Is(bad, ErrNoProcess): // it was closed
		case bad != nil:
			return nil, bad
		default:
			out.Processes = append(out.Processes, v)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("processes: %w", err)
	}
	return out, nil
}

// ProcessList gives the processes of the record by name, without what they gather.
func (l *Ledger) ProcessList(ctx context.Context) ([]*Process, error) {
	var out []*Process
	err := l.store.View(ctx, func(r Reader) error {
		names, err := processNames(ctx, r)
		if err != nil {
			return err
		}
		for _, n := range names {
			p, err := l.process(ctx, r, n)
			if err != nil {
				return err
			}
			if p != nil { // it was closed
				out = append(out, p)
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("processes: %w", err)
	}
	return out, nil
}

// processNames are the names that were ever opened and not undone, sorted.
func processNames(ctx context.Context, r Reader) ([]string, error) {
	list, err := decisions(ctx, r, keyDecisionDo+DoOpen)
	if err != nil {
		return nil, err
	}
	var out []string
	for i := range list {
		out = append(out, list[i].Of)
	}
	return sortedSet(out), nil
}

// findProcess gives the process of a name, in whatever case it is written;
// ErrNoProcess tells which there are.
func (l *Ledger) findProcess(ctx context.Context, r Reader, name string) (*Process, error) {
	name = strings.Join(strings.Fields(name), " ")
	if p, err := l.process(ctx, r, name); err != nil || p != nil {
		return p, err
	}
	names, err := processNames(ctx, r)
	if err != nil {
		return nil, err
	}
	var have []string
	for _, n := range names {
		p, err := l.process(ctx, r, n)
		if err != nil {
			return nil, err
		}
		if p == nil {
			continue
		}
		if registry.Fold(n) == registry.Fold(name) {
			return p, nil
		}
		have = append(have, fmt.Sprintf("%q", n))
	}
	err = fmt.Errorf("%q: %w", name, ErrNoProcess)
	if len(have) > 0 {
		err = fmt.Errorf("%w; there is %s", err, strings.Join(have, ", "))
	}
	return nil, err
}

// process derives a process from what was decided of it; nil where it is not
// there.
func (l *Ledger) process(ctx context.Context, r Reader, name string) (*Process, error) {
	list, err := decisions(ctx, r, keyDecisionOf+name)
	if err != nil {
		return nil, err
	}
	for i, d := range slices.Backward(list) {
		if d.closes() {
			list = list[i+1:]
			break
		}
	}
	p := &Process{Name: name, Actors: []Member{}, Issues: []string{}, Places: []string{}, In: []Hand{}, Out: []Hand{}}
	last := map[string]*Decision{} // of each thing
	anchors := map[string]Anchor{}
	opened := false
	for i := range list {
		d := &list[i]
		switch d.Do {
		case DoOpen:
			if !opened {
				opened, p.By, p.When = true, d.By, stamp(d.When)
			}
			p.Title = cmp.Or(d.Value, p.Title)
		case DoInclude, DoExclude:
			if d.Field != "" {
				last[d.Field+"|"+d.Value] = d
			}
			for _, a := range d.At {
				key := strings.Join(append([]string{"at", a.Article, a.Kind}, a.Words...), "|")
				last[key], anchors[key] = d, a
			}
		}
	}
	if !opened {
		return nil, nil
	}
	var things []string
	for thing := range last {
		things = append(things, thing)
	}
	slices.Sort(things)
	for _, thing := range things {
		d := last[thing]
		if a, ok := anchors[thing]; ok {
			h := Hand{ID: d.ID(), Kind: cmp.Or(a.Kind, "article"), At: a, By: d.By, When: stamp(d.When), Why: d.Why}
			if h.Title, err = titleOf(ctx, r, a.Article); err != nil {
				return nil, err
			}
			if d.Do == DoInclude {
				p.In = append(p.In, h)
			} else {
				p.Out = append(p.Out, h)
			}
			continue
		}
		if d.Do == DoExclude {
			continue
		}
		switch d.Field {
		case fieldActor:
			p.Actors = append(p.Actors, Member{Name: (&look{l: l}).name(d.Value, ""), Key: d.Value})
		case fieldSide:
			p.Actors = append(p.Actors, Member{Name: join.SideName(l.reg, d.Value), Side: d.Value})
		case fieldIssue:
			p.Issues = append(p.Issues, d.Value)
		case fieldPlace:
			p.Places = append(p.Places, d.Value)
		}
	}
	slices.SortFunc(p.Actors, func(a, b Member) int { return strings.Compare(a.Name, b.Name) })
	return p, nil
}

// closes reports whether a decision ends its process.
func (d *Decision) closes() bool { return d.Do == DoExclude && d.Field == "" && len(d.At) == 0 }

// titleOf is the title of an article's last version, else its outlet.
func titleOf(ctx context.Context, r Reader, article string) (string, error) {
	versions, err := versionsOf(ctx, r, article)
	if err != nil {
		return "", err
	}
	nodes, err := r.Nodes(ctx, versions)
	if err != nil {
		return "", err
	}
	for i := range nodes {
		if !nodes[i].Until.IsZero() {
			continue
		}
		v, err := decodeNode(&nodes[i])
		if err != nil {
			return "", err
		}
		return cmp.Or(v.article.Title, v.article.Outlet), nil
	}
	return "", nil
}

// NewProcess makes a process of some things, or of none yet. ErrTaken is a name
// that is there; errors about the things are those of Include, and then nothing
// is made.
func (l *Ledger) NewProcess(ctx context.Context, name, title string, t Things, by, why string) (string, error) {
	name, err := ProcessName(name)
	if err != nil {
		return "", fmt.Errorf("process: %w", err)
	}
	list := []Decision{{Do: DoOpen, Of: name, Value: strings.TrimSpace(title), By: by, When: l.now(), Why: why}}
	err = l.look(ctx, Query{}, func(k *look) error {
		switch p, err := l.findProcess(ctx, k.r, name); {
		case p != nil:
			return fmt.Errorf("%q: %w", p.Name, ErrTaken)
		case !errors.Is(err, ErrNoProcess):
			return err
		}
		things, err := k.belongings(ctx, t)
		for i := range things {
			things[i].Do, things[i].Of, things[i].By, things[i].When, things[i].Why = DoInclude, name, by, list[0].When, why
		}
		list = append(list, things...)
		return err
	})
	if err == nil {
		_, err = l.Decide(ctx, list...)
	}
	if err != nil {
		return "", fmt.Errorf("process: %w", err)
	}
	return name, nil
}

// CloseProcess takes a process away; it gives the id of the decision, which can
// be undone.
func (l *Ledger) CloseProcess(ctx context.Context, name, by, why string) (string, error) {
	var p *Process
	err := l.store.View(ctx, func(r Reader) (err error) {
		p, err = l.findProcess(ctx, r, name)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("process: %w", err)
	}
	ids, err := l.Decide(ctx, Decision{Do: DoExclude, Of: p.Name, By: by, Why: why})
	if err != nil {
		return "", err
	}
	return ids[0], nil
}

// Things are what a process has or gathers, as people name them: actors by name,
// issues and places in words, articles as Purge names them, events by the
// beginning of their ids.
type Things struct {
	Actors, Issues, Places, Articles, Events []string
}

// Include puts things into a process, and Exclude takes them out of it. They
// give the ids of the decisions. An actor that neither the record nor the
// registry knows is ErrNotFound.
func (l *Ledger) Include(ctx context.Context, process string, t Things, by, why string) ([]string, error) {
	return l.gatherBy(ctx, DoInclude, process, t, by, why)
}

// Exclude is told at Include.
func (l *Ledger) Exclude(ctx context.Context, process string, t Things, by, why string) ([]string, error) {
	return l.gatherBy(ctx, DoExclude, process, t, by, why)
}

func (l *Ledger) gatherBy(ctx context.Context, do, process string, t Things, by, why string) ([]string, error) {
	var list []Decision
	now := l.now()
	err := l.look(ctx, Query{}, func(k *look) error {
		p, err := l.findProcess(ctx, k.r, process)
		if err != nil {
			return err
		}
		list, err = k.belongings(ctx, t)
		for i := range list {
			list[i].Do, list[i].Of, list[i].By, list[i].When, list[i].Why = do, p.Name, by, now, why
		}
		return err
	})
	if err == nil && len(list) == 0 {
		err = errors.New("it must be told what")
	}
	if err != nil {
		return nil, fmt.Errorf("process: %w", err)
	}
	return l.Decide(ctx, list...)
}

// belongings finds what things mean, and makes of each a decision that does not yet
// say what is decided of it.
func (k *look) belongings(ctx context.Context, t Things) ([]Decision, error) {
	var list []Decision
	for _, name := range t.Actors {
		w, err := k.member(ctx, name)
		switch {
		case err != nil:
			return nil, err
		case w.Side != "":
			list = append(list, Decision{Field: fieldSide, Value: w.Side})
		default:
			list = append(list, Decision{Field: fieldActor, Value: w.Key})
		}
	}
	for _, x := range t.Issues {
		list = append(list, Decision{Field: fieldIssue, Value: strings.ToLower(strings.Join(strings.Fields(x), " "))})
	}
	for _, x := range t.Places {
		list = append(list, Decision{Field: fieldPlace, Value: strings.Join(strings.Fields(x), " ")})
	}
	for i := range list {
		if list[i].Value == "" {
			return nil, fmt.Errorf("a name is missing: which %s?", list[i].Field)
		}
	}
	for _, name := range t.Articles {
		id, err := k.l.articleNamed(ctx, k.r, name)
		if err != nil {
			return nil, err
		}
		list = append(list, Decision{At: []Anchor{{Article: id}}})
	}
	for _, id := range t.Events {
		a, err := k.eventAnchor(ctx, id)
		if err != nil {
			return nil, err
		}
		list = append(list, Decision{At: []Anchor{a}})
	}
	return list, nil
}

// member is who a name means: by the record, or before it has an article of
// them, by the registry.
func (k *look) member(ctx context.Context, name string) (*Who, error) {
	w, err := k.find(ctx, name)
	if errors.Is(err, ErrNotFound) {
		if e := k.l.reg.Resolve(name, time.Time{}, "").Entry; e != nil {
			return &Who{Name: e.Name, Key: e.Key}, nil
		}
	}
	return w, err
}

// eventAnchor points at the words of an event's first account.
func (k *look) eventAnchor(ctx context.Context, id string) (Anchor, error) {
	if !isID(id, "e") {
		return Anchor{}, fmt.Errorf("%q is no event's id: %w", id, ErrNotFound)
	}
	full, err := k.id(ctx, id)
	if err != nil {
		return Anchor{}, err
	}
	var d Decision
	if err := k.anchors(ctx, &d, []string{full}); err != nil {
		return Anchor{}, err
	}
	return d.At[0], nil
}

// ProcessView is a process and what it gathers.
type ProcessView struct {
	Head
	Process    *Process `json:"process"`
	Events     int      `json:"events"`
	Statements int      `json:"statements"`
	First      string   `json:"first,omitempty"` // days of the first and last article
	Last       string   `json:"last,omitempty"`
	Recent     []*Event `json:"recent"` // the last first
}

// ShowProcess gives the process that q names, and what it gathers as of q.AsOf.
func (l *Ledger) ShowProcess(ctx context.Context, q Query) (*ProcessView, error) {
	v := &ProcessView{Recent: []*Event{}}
	err := l.look(ctx, q, func(k *look) (err error) {
		if k.set == nil {
			return errors.New("it must be told which")
		}
		v.Process = k.set.Process
		if v.Head, err = k.head(ctx, "process", 0); err != nil {
			return err
		}
		got, err := k.gather(ctx, 0)
		if err != nil {
			return err
		}
		v.Events, v.Statements = len(got.events), len(got.statements)
		for version := range got.versions {
			if a := k.g.article(version); a != nil && a.Day != 0 {
				day := join.DayString(a.Day)
				if v.First == "" || day < v.First {
					v.First = day
				}
				v.Last = max(v.Last, day)
			}
		}
		for _, e := range got.events {
			if q.All || !e.Slight() {
				v.Recent = append(v.Recent, e)
			}
		}
		slices.SortFunc(v.Recent, func(a, b *Event) int { return byDay(b, a) })
		v.Recent = v.Recent[:min(len(v.Recent), cmp.Or(q.Limit, 10))]
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("process: %w", err)
	}
	return v, nil
}
