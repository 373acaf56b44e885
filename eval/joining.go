package eval

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"readout"
	"readout/reading"
	"readout/record"
)

// JoinScore is how well what many articles tell is joined: B³ (Bagga and Baldwin
// 1998) over the mentions of events, the statements and the articles that a
// corpus lists.
type JoinScore struct {
	Name                        string
	Articles                    int
	Events, Statements, Origins Clusters
	// Of the expected statuses at the dates of a corpus: those that the record
	// gives, of those whose event it has at all.
	StatusRight, StatusFound, StatusExpected int
	Wrong                                    []string // what does not hold, for people
}

// Clusters is how well what a corpus lists is put together.
type Clusters struct {
	Listed int
	Found  int // by the reading
	// Joined is over those that were found, and measures joining apart from
	// reading. All counts those that were not as clusters of their own.
	Joined, All PRF
}

// Process is articles to be joined, with what is true of them.
type Process struct {
	Name     string
	Articles []readout.Article // each with a key
	// Events and Statements are groups of words of the articles that tell of one.
	Events, Statements []Group
	// Origin of an article is the key of the first of its story: of the article
	// whose copy or version it is. Articles that are not listed are their own.
	Origin map[string]string
	// States are the statuses expected of events at some dates.
	States []StateAt
}

// Group is what is one.
type Group struct {
	Key   string
	Words []Words
}

// Words are words of an article: the nth time that they stand there, or a span.
type Words struct {
	Article string
	Words   string
	Nth     int
	Span    reading.Span // counts where Words is empty
}

// StateAt is what is expected at a date: any of the statuses of an event.
type StateAt struct {
	At     time.Time
	Status []struct {
		Event  string
		Status []string
	}
}

// Joining reads the articles of a process, puts them into a record, and scores
// what was joined there.
func Joining(ctx context.Context, r *readout.Reader, p *Process) (JoinScore, error) {
	s := JoinScore{Name: p.Name, Articles: len(p.Articles)}
	l, err := record.Open(ctx, record.Config{Store: record.NewMemory(), Now: time.Now})
	if err != nil {
		return s, err
	}
	have := joined{texts: map[string]string{}, versions: map[string]string{}}
	i := 0
	for d, err := range r.ReadAll(ctx, slices.Values(p.Articles)) {
		if err != nil {
			return s, fmt.Errorf("%s: %w", p.Articles[i].Key, err)
		}
		a := &p.Articles[i]
		i++
		ra := record.Article{Text: a.Text, Key: a.Key, Title: a.Title, Outlet: a.Outlet, Byline: a.Byline, Credit: a.Credit, URL: a.URL, Published: a.Published, Modified: a.Modified}
		if _, err := l.Add(ctx, &ra, reading.New(d, readout.Model)); err != nil {
			return s, err
		}
		have.texts[a.Key], have.versions[a.Key] = a.Text, ra.Version()
	}
	if err := have.load(ctx, l); err != nil {
		return s, err
	}
	var cover []string
	s.Events, cover = s.score(p.Events, &have, have.events)
	s.Statements, _ = s.score(p.Statements, &have, have.statements)
	s.Origins = s.origins(p, &have)
	for _, date := range p.States {
		t, err := l.Timeline(ctx, record.Query{AsOf: date.At, All: true, Limit: 1 << 30})
		if err != nil {
			return s, err
		}
		s.states(date.At, t.Events, p.Events, cover, func(yield func(event string, status []string)) {
			for _, e := range date.Status {
				yield(e.Event, e.Status)
			}
		})
	}
	return s, nil
}

// joined is what a record made of the articles.
type joined struct {
	texts, versions    map[string]string // by the article's key
	events, statements []cluster
	origin             map[string]string // by version
}

// cluster is an event or a statement of the record, with the words of its
// accounts by version.
type cluster struct {
	name     string
	accounts map[string][]account
}

type account struct {
	id    string
	spans []reading.Span
}

// load takes what was joined from the export of the record.
func (j *joined) load(ctx context.Context, l *record.Ledger) error {
	var b bytes.Buffer
	if err := l.Export(ctx, &b, record.ExportConfig{Canonical: true}); err != nil {
		return err
	}
	j.origin = map[string]string{}
	for dec := json.NewDecoder(&b); dec.More(); {
		var line struct {
			Kind string
			Line json.RawMessage
		}
		if err := dec.Decode(&line); err != nil {
			return err
		}
		switch line.Kind {
		case "article":
			var a struct{ Version, Origin string }
			if err := json.Unmarshal(line.Line, &a); err != nil {
				return err
			}
			j.origin[a.Version] = a.Origin
		case "event":
			var e record.Event
			if err := json.Unmarshal(line.Line, &e); err != nil {
				return err
			}
			c := cluster{fmt.Sprintf("%s %s %s %s", e.ID[:6], e.Kind, e.From, parts(&e)), map[string][]account{}}
			for _, m := range e.Mentions {
				c.accounts[m.Witness.Article] = append(c.accounts[m.Witness.Article], account{m.ID, m.Spans})
			}
			j.events = append(j.events, c)
		case "statement":
			var st record.Statement
			if err := json.Unmarshal(line.Line, &st); err != nil {
				return err
			}
			c := cluster{fmt.Sprintf("%s %s: %.60s", st.ID[:6], st.By, st.Text), map[string][]account{}}
			for i, w := range st.Witnesses {
				c.accounts[w.Article] = append(c.accounts[w.Article], account{fmt.Sprint(st.ID, i), []reading.Span{w.Span}})
			}
			j.statements = append(j.statements, c)
		}
	}
	return nil
}

// score compares groups with the clusters that cover their words; cover gives
// the account that covers each of the words, "" for none.
func (s *JoinScore) score(groups []Group, have *joined, clusters []cluster) (out Clusters, cover []string) {
	of := map[string]int{} // an account to its cluster
	byVersion := map[string][]account{}
	for i, c := range clusters {
		for v, list := range c.accounts {
			for _, a := range list {
				of[a.id] = i
				byVersion[v] = append(byVersion[v], a)
			}
		}
	}
	var gold, sys []int
	for g, e := range groups {
		got := map[string][]string{}
		for _, m := range e.Words {
			begin, end, ok := m.Span[0], m.Span[1], m.Span[1] > 0
			if m.Words != "" {
				begin, end, ok = find(have.texts[m.Article], m.Words, m.Nth)
			}
			if !ok {
				continue
			}
			out.Listed++
			c := -len(gold) - 1 // a cluster of its own
			id := covering(byVersion[have.versions[m.Article]], begin, end)
			if id != "" {
				out.Found++
				c = of[id]
				got[clusters[c].name] = append(got[clusters[c].name], m.Article)
			}
			gold, sys, cover = append(gold, g), append(sys, c), append(cover, id)
		}
		if len(got) > 1 {
			line := e.Key + " is"
			for _, name := range sortedKeys(got) {
				line += "\n      " + name + ": " + strings.Join(got[name], ", ")
			}
			s.Wrong = append(s.Wrong, line)
		}
	}
	mixed := map[int][]string{}
	for i := range gold {
		if sys[i] >= 0 && !slices.Contains(mixed[sys[i]], groups[gold[i]].Key) {
			mixed[sys[i]] = append(mixed[sys[i]], groups[gold[i]].Key)
		}
	}
	for i, c := range clusters {
		if len(mixed[i]) > 1 {
			s.Wrong = append(s.Wrong, fmt.Sprintf("one %s: %s", c.name, strings.Join(mixed[i], ", ")))
		}
	}
	out.All = bcubed(gold, sys, func(int) bool { return true })
	out.Joined = bcubed(gold, sys, func(i int) bool { return cover[i] != "" })
	return out, cover
}

// origins compares the stories of the articles.
func (s *JoinScore) origins(p *Process, have *joined) Clusters {
	number := map[string]int{}
	n := func(name string) int {
		if _, ok := number[name]; !ok {
			number[name] = len(number)
		}
		return number[name]
	}
	var gold, sys []int
	for i := range p.Articles {
		key := p.Articles[i].Key
		of := p.Origin[key]
		if of == "" {
			of = key
		}
		gold, sys = append(gold, n("story "+of)), append(sys, n(have.origin[have.versions[key]]))
	}
	score := bcubed(gold, sys, func(int) bool { return true })
	return Clusters{Listed: len(gold), Found: len(gold), Joined: score, All: score}
}

func parts(e *record.Event) string {
	var out []string
	for _, p := range e.Participants {
		out = append(out, p.Name)
	}
	return "(" + strings.Join(out, ", ") + ")"
}

func sortedKeys[V any](m map[string]V) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// find gives the code points of the nth occurrence of words.
func find(text, words string, nth int) (begin, end int, ok bool) {
	from := 0
	for n := max(nth, 1); ; n-- {
		i := strings.Index(text[from:], words)
		if i < 0 || words == "" {
			return 0, 0, false
		}
		from += i
		if n == 1 {
			break
		}
		from += len(words)
	}
	begin = utf8.RuneCountInString(text[:from])
	return begin, begin + utf8.RuneCountInString(words), true
}

// covering is the account whose words cover most of some words, of equals the
// one with the fewest words, then the first by id; "" when none shares any.
func covering(list []account, begin, end int) string {
	best, most, least := "", 0, 0
	for _, a := range list {
		for _, sp := range a.spans {
			common, n := min(end, sp[1])-max(begin, sp[0]), sp[1]-sp[0]
			if common > 0 && (common > most || common == most && (n < least || n == least && a.id < best)) {
				best, most, least = a.id, common, n
			}
		}
	}
	return best
}

// bcubed is B³ over the items that count.
func bcubed(gold, sys []int, counts func(int) bool) PRF {
	var p, r, n float64
	for i := range gold {
		if !counts(i) {
			continue
		}
		var both, g, s float64
		for j := range gold {
			if !counts(j) {
				continue
			}
			if gold[j] == gold[i] {
				g++
			}
			if sys[j] == sys[i] {
				s++
				if gold[j] == gold[i] {
					both++
				}
			}
		}
		p, r, n = p+both/s, r+both/g, n+1
	}
	if n == 0 {
		return PRF{}
	}
	out := PRF{P: p / n, R: r / n}
	if out.P+out.R > 0 {
		out.F = 2 * out.P * out.R / (out.P + out.R)
	}
	return out
}

// states counts the expected states at a date that the record gives. An event
// of the record stands for the one that most of its covered mentions are of.
func (s *JoinScore) states(at time.Time, have []*record.Event, events []Group, cover []string, expected func(func(string, []string))) {
	gold := map[string]string{}
	i := 0
	for _, e := range events {
		for range e.Words {
			if i < len(cover) && cover[i] != "" {
				gold[cover[i]] = e.Key
			}
			i++
		}
	}
	found := map[string][]*record.Event{}
	for _, e := range have {
		votes := map[string]int{}
		for _, m := range e.Mentions {
			if k := gold[m.ID]; k != "" {
				votes[k]++
			}
		}
		best := ""
		for _, k := range sortedKeys(votes) {
			if best == "" || votes[k] > votes[best] {
				best = k
			}
		}
		if best != "" {
			found[best] = append(found[best], e)
		}
	}
	expected(func(key string, status []string) {
		s.StatusExpected++
		list := found[key]
		if len(list) == 0 {
			return
		}
		slices.SortStableFunc(list, func(a, b *record.Event) int { return len(b.Mentions) - len(a.Mentions) })
		s.StatusFound++
		if slices.Contains(status, list[0].Status.Value) {
			s.StatusRight++
			return
		}
		s.Wrong = append(s.Wrong, fmt.Sprintf("as of %s %s (%s) is %s: %s; want %s", at.Format(time.DateOnly), key, list[0].ID[:6], list[0].Status.Value, list[0].Status.Rule, strings.Join(status, " or ")))
	})
}

// WriteJoining prints scores as a table.
func WriteJoining(w io.Writer, list []JoinScore, wrong bool) error {
	var err error
	put := func(format string, args ...any) {
		if err == nil {
			_, err = fmt.Fprintf(w, format, args...)
		}
	}
	put("%-24s %8s  %-10s %8s %8s  %6s %6s %6s  %6s\n", "corpus", "articles", "joined", "listed", "found", "P", "R", "F1", "all")
	for _, s := range list {
		name, articles := s.Name, fmt.Sprint(s.Articles)
		for _, c := range []struct {
			what string
			Clusters
		}{{"events", s.Events}, {"statements", s.Statements}, {"stories", s.Origins}} {
			if c.Listed == 0 {
				continue
			}
			put("%-24s %8s  %-10s %8d %8d  %6.1f %6.1f %6.1f  %6.1f\n", name, articles, c.what, c.Listed, c.Found, 100*c.Joined.P, 100*c.Joined.R, 100*c.Joined.F, 100*c.All.F)
			name, articles = "", ""
		}
		if s.StatusExpected > 0 {
			put("%-24s %8s  %-10s %8d %8d  %d right\n", name, articles, "statuses", s.StatusExpected, s.StatusFound, s.StatusRight)
		}
		if wrong {
			for _, line := range s.Wrong {
				put("   %s\n", line)
			}
		}
	}
	return err
}
