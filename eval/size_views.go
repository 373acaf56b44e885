package eval

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"time"

	"readout/eval/corpus"
	"readout/record"
)

// sizeProcess is the process that the views of one are timed with: two of the
// countries that most is told of.
const sizeProcess = "of two countries"

// sizedView is a view as somebody would ask for it.
type sizedView struct {
	name string
	look func(context.Context, *record.Ledger) error
}

// views times every view on the day of the last article: once by a process that
// has just opened the record, and several times by one that has it open.
func (s *Size) views(ctx context.Context, c *SizeConfig, last *corpus.Article, pair []*corpus.Article) error {
	list, err := sizedViews(ctx, c, last, pair)
	if err != nil {
		return err
	}
	for _, v := range list {
		cost := ViewCost{View: v.name}
		if c.Open != nil {
			l, closer, err := c.Open(ctx)
			if err != nil {
				return err
			}
			begin := time.Now()
			err = v.look(ctx, l)
			cost.First = time.Since(begin)
			if err = errors.Join(err, closer.Close()); err != nil {
				return fmt.Errorf("%s: %w", v.name, err)
			}
		}
		const times = 5
		var took, busy []time.Duration
		var m0, m1 runtime.MemStats
		for i := range times {
			if i == times-1 {
				runtime.ReadMemStats(&m0)
			}
			begin, cpu := time.Now(), cpuTime()
			if err := v.look(ctx, c.Ledger); err != nil {
				return fmt.Errorf("%s: %w", v.name, err)
			}
			took, busy = append(took, time.Since(begin)), append(busy, cpuTime()-cpu)
		}
		runtime.ReadMemStats(&m1)
		slices.Sort(took)
		cost.Median, cost.Worst, cost.CPU, cost.Allocated = took[times/2], took[times-1], slices.Min(busy), m1.TotalAlloc-m0.TotalAlloc
		s.Views = append(s.Views, cost)
	}
	return nil
}

// of makes a view of a function of the ledger.
func of[V any](name string, f func(context.Context, *record.Ledger) (V, error)) sizedView {
	return sizedView{name, func(ctx context.Context, l *record.Ledger) error { _, err := f(ctx, l); return err }}
}

// asked makes a view of a method of the ledger and a query.
func asked[V any](name string, f func(*record.Ledger, context.Context, record.Query) (V, error), q record.Query) sizedView {
	return sizedView{name, func(ctx context.Context, l *record.Ledger) error { _, err := f(l, ctx, q); return err }}
}

func sizedViews(ctx context.Context, c *SizeConfig, last *corpus.Article, pair []*corpus.Article) ([]sizedView, error) {
	now := last.Published.Add(time.Hour)
	q := record.Query{AsOf: now}
	week, year := q, q
	week.Since = now.AddDate(0, 0, -7)
	year.AsOf = now.AddDate(-1, 0, 0)
	state, err := c.Ledger.State(ctx, q)
	if err != nil {
		return nil, err
	}
	if len(state.Happened) == 0 || len(pair) == 0 {
		return nil, errors.New("the corpus is too small to look at")
	}
	event := slices.MaxFunc(state.Happened, func(a, b *record.Event) int { return len(a.Mentions) - len(b.Mentions) })
	r := pair[0].Reading()
	name := func(id string) (string, string) {
		for i := range r.Actors {
			if r.Actors[i].ID == id {
				return r.Actors[i].Name, r.Actors[i].Country
			}
		}
		return "", ""
	}
	a, country := name(r.Events[0].Participants[0].Actor)
	b, _ := name(r.Events[0].Participants[1].Actor)
	_, err = c.Ledger.NewProcess(ctx, sizeProcess, "", record.Things{Actors: []string{"France", "Russia"}}, "eval", "")
	if err != nil && !errors.Is(err, record.ErrTaken) {
		return nil, err
	}
	mine, mineWeek := q, week
	mine.Process, mineWeek.Process = sizeProcess, sizeProcess
	said := func(by, about string) func(context.Context, *record.Ledger) (*record.Said, error) {
		return func(ctx context.Context, l *record.Ledger) (*record.Said, error) { return l.Said(ctx, q, by, about) }
	}
	met := func(a, b string) func(context.Context, *record.Ledger) (*record.Met, error) {
		return func(ctx context.Context, l *record.Ledger) (*record.Met, error) { return l.Met(ctx, q, a, b) }
	}
	actor := func(a string) func(context.Context, *record.Ledger) (*record.ActorView, error) {
		return func(ctx context.Context, l *record.Ledger) (*record.ActorView, error) { return l.Actor(ctx, q, a) }
	}
	search := func(q record.Query, words string) func(context.Context, *record.Ledger) (*record.Found, error) {
		return func(ctx context.Context, l *record.Ledger) (*record.Found, error) { return l.Search(ctx, q, words) }
	}
	list := []sizedView{
		asked("state", (*record.Ledger).State, q),
		asked("state, a year ago", (*record.Ledger).State, year),
		asked("timeline", (*record.Ledger).Timeline, q),
		asked("timeline, a week", (*record.Ledger).Timeline, week),
		asked("changes, a week", (*record.Ledger).Changes, week),
		of("met A B", met(a, b)),
		of("met, two countries", met("France", "Russia")),
		of("said", said("", "")),
		of("said A", said(a, "")),
		of("said, a country, about", said(country, "sanctions")),
		of("said about", said("", "peacekeepers")),
		asked("issues", (*record.Ledger).Issues, q),
		asked("due", (*record.Ledger).Due, q),
		of("actor A", actor(a)),
		of("actor, a country", actor("Russia")),
		of("event", func(ctx context.Context, l *record.Ledger) (*record.EventView, error) {
			return l.Event(ctx, q, event.ID)
		}),
		of("search", search(q, "frozen assets guarantees")),
		of("search, a word of all", search(q, "said")),
		of("compare A B", func(ctx context.Context, l *record.Ledger) (*record.Compare, error) {
			return l.Compare(ctx, q, pair[0].URL, pair[1].Key)
		}),
		asked("brief", (*record.Ledger).Brief, q),
		asked("brief, a year ago", (*record.Ledger).Brief, year),
		asked("review", (*record.Ledger).Queue, q),
		asked("processes", (*record.Ledger).Processes, q),
		asked("process", (*record.Ledger).ShowProcess, mine),
		asked("process, state", (*record.Ledger).State, mine),
		asked("process, timeline", (*record.Ledger).Timeline, mine),
		asked("process, changes, a week", (*record.Ledger).Changes, mineWeek),
		asked("process, issues", (*record.Ledger).Issues, mine),
		asked("process, due", (*record.Ledger).Due, mine),
		asked("process, brief", (*record.Ledger).Brief, mine),
		asked("process, review", (*record.Ledger).Queue, mine),
		of("process, search", search(mine, "frozen assets guarantees")),
	}
	if c.Understand != nil {
		list = append(list, of("claim", func(ctx context.Context, l *record.Ledger) (*record.Support, error) {
			return l.Support(ctx, q, fmt.Sprintf("%s met %s on %s.", a, b, pair[0].Published.Format("2 January 2006")), c.Understand)
		}))
	}
	return list, nil
}
