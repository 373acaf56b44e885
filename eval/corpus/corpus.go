// Package corpus writes news of diplomatic processes that never were, with what
// is true of it: which sentences tell of which event, which quote the same
// words, and which articles are copies of one.
//
// The people, countries and places are those of the registry at the date, so
// that a reader knows them; what they do is drawn by chance. Two countries go
// through some weeks of calls, visits, meetings, talks and agreements: announced,
// moved, called off, denied or just held, on days that papers do not always
// agree on. Several outlets tell of every step in their own words, the two sides
// publish their own accounts, agencies are copied with small edits and a credit
// line, and some articles are corrected. The phrases stand in data/.
//
// The same Config gives the same articles, on any machine and whatever the
// number asked for: the first thousand of a million are the thousand. It knows
// no clock. What the phrases are like was not learnt from any corpus that
// joining is measured on, and package join knows nothing of this one.
package corpus

import (
	"cmp"
	"iter"
	"math/rand/v2"
	"slices"
	"time"

	"readout/reading"
	"readout/registry"
)

// Config says what to write.
type Config struct {
	Seed uint64
	// PerDay is about how many articles appear in a day; 0 means 40.
	PerDay float64
	// Start is the first day; zero means 2015-01-05. The registry must know who
	// holds office from there on.
	Start    time.Time
	Registry *registry.Registry // nil means the embedded tables
}

// Article is one article with what is true of it.
type Article struct {
	Key, Title, Outlet, Byline, Credit, URL, Text string

	Published, Modified time.Time
	// Origin is the key of the article that it is a copy of, or a version of;
	// its own where it is neither.
	Origin string
	// Replaced tells that a corrected version takes its place.
	Replaced bool
	// Sentences, Mentions and Sayings are in the order of the text.
	Sentences []reading.Span
	Mentions  []Mention
	Sayings   []Saying

	page *page
}

// Mention is words of an article that tell of an event.
type Mention struct {
	Event string // its name, the same in all articles
	Kind  string // as in a reading
	Span  reading.Span
}

// Saying is words of an article that give what somebody said.
type Saying struct {
	Statement string // its name, the same in all articles
	Quoted    bool   // word for word
	Span      reading.Span
}

// Articles yields articles in the order of their publication, without end.
func Articles(c Config) (iter.Seq[*Article], error) {
	c.PerDay = cmp.Or(c.PerDay, 40)
	if c.Start.IsZero() {
		c.Start = time.Date(2015, 1, 5, 0, 0, 0, 0, time.UTC)
	}
	if c.Registry == nil {
		reg, err := registry.Default()
		if err != nil {
			return nil, err
		}
		c.Registry = reg
	}
	w, err := newWorld(c.Registry)
	if err != nil {
		return nil, err
	}
	return func(yield func(*Article) bool) { w.write(c, yield) }, nil
}

// perProcess is about how many articles there are of one process: it sets how
// often one begins.
const perProcess = 43

func (w *world) write(c Config, yield func(*Article) bool) {
	var waiting []*Article
	var recent []recentPair
	begin := c.Start
	gap := time.Duration(perProcess / c.PerDay * 24 * float64(time.Hour))
	for n := 0; ; n++ {
		rng := rand.New(rand.NewPCG(c.Seed, uint64(n)))
		recent = slices.DeleteFunc(recent, func(r recentPair) bool { return begin.Sub(r.at) > apart })
		if p := w.process(n, begin, rng, recent); p != nil {
			recent = append(recent, recentPair{p.a.key, p.b.key, begin})
			waiting = append(waiting, p.articles...)
		}
		begin = begin.Add(gap/2 + time.Duration(rng.Int64N(int64(gap))))
		slices.SortFunc(waiting, func(a, b *Article) int {
			return cmp.Or(a.appeared().Compare(b.appeared()), cmp.Compare(a.Key, b.Key))
		})
		done := 0
		for _, a := range waiting {
			if !a.appeared().Before(begin) {
				break
			}
			done++
			if !yield(a) {
				return
			}
		}
		waiting = waiting[done:]
	}
}

func (a *Article) appeared() time.Time {
	if a.Modified.After(a.Published) {
		return a.Modified
	}
	return a.Published
}

// apart is how long two countries have no second process: what is told of both
// could be of either.
const apart = 160 * 24 * time.Hour

type recentPair struct {
	a, b string
	at   time.Time
}
