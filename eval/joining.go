package eval

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"readout"
	"readout/ingest"
	"readout/reading"
	"readout/record"
)

// JoinScore is how well the events of many articles are joined: B³ (Bagga and
// Baldwin 1998) over the mentions that a careful reader listed.
type JoinScore struct {
	Name     string
	Articles int
	Mentions int // listed
	Covered  int // by an event of the reading
	// All counts mentions that no event covers as events of their own; Joined is
	// over the covered ones alone, and measures joining apart from reading.
	All, Joined PRF
	// Status is of the expected states at the dates: those given, of those whose
	// event the record has at all.
	StatusRight, StatusFound, StatusExpected int
	Wrong                                    []string // what does not hold, for people
}

// corpusEvent is an event of events.json, as far as it is scored.
type corpusEvent struct {
	Key      string
	Mentions []struct {
		Article, Words string
		Nth            int
	}
}

type corpusState struct {
	Dates []struct {
		AsOf   time.Time `json:"as_of"`
		Events []struct {
			Event  string
			Status []string
		}
	}
}

// Joining reads the articles of a corpus of one process (the folders of
// examples/ with an events.json), joins them, and scores what was joined.
func Joining(ctx context.Context, r *readout.Reader, dir string) (JoinScore, error) {
	s := JoinScore{Name: filepath.Base(dir)}
	var events struct{ Events []corpusEvent }
	var state corpusState
	if err := decodeFile(filepath.Join(dir, "events.json"), &events); err != nil {
		return s, err
	}
	if err := decodeFile(filepath.Join(dir, "state.json"), &state); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return s, err
	}
	l, err := record.Open(ctx, record.Config{Store: record.NewMemory(), Now: time.Now})
	if err != nil {
		return s, err
	}
	texts, versions := map[string]string{}, map[string]string{}
	for it := range ingest.Items(ingest.Config{}, []string{filepath.Join(dir, "articles")}) {
		if it.Err != nil {
			return s, fmt.Errorf("%s: %w", it.Name, it.Err)
		}
		a := it.Article
		d, err := r.Read(ctx, a)
		if err != nil {
			return s, fmt.Errorf("%s: %w", it.Name, err)
		}
		ra := record.Article{Text: a.Text, Key: a.Key, Title: a.Title, Outlet: a.Outlet, Byline: a.Byline, Credit: a.Credit, URL: a.URL, Published: a.Published, Modified: a.Modified}
		if _, err := l.Add(ctx, &ra, reading.New(d, readout.Model)); err != nil {
			return s, err
		}
		texts[a.Key], versions[a.Key] = a.Text, ra.Version()
		s.Articles++
	}
	all, err := l.Everything(ctx)
	if err != nil {
		return s, err
	}
	gold, sys, cover := s.clusters(events.Events, all, texts, versions)
	s.All = bcubed(gold, sys, func(int) bool { return true })
	s.Joined = bcubed(gold, sys, func(i int) bool { return cover[i] != "" })
	for _, date := range state.Dates {
		t, err := l.Timeline(ctx, record.Query{AsOf: date.AsOf, All: true})
		if err != nil {
			return s, err
		}
		s.states(date.AsOf, t.Events, events.Events, cover, func(yield func(event string, status []string)) {
			for _, e := range date.Events {
				yield(e.Event, e.Status)
			}
		})
	}
	return s, nil
}

func decodeFile(name string, v any) error {
	b, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(b, v); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// clusters gives each listed mention its event, the record's event, and the
// record's mention that covers it, "" for none.
func (s *JoinScore) clusters(events []corpusEvent, all []*record.Event, texts, versions map[string]string) (gold, sys []int, cover []string) {
	of := map[string]int{} // a mention of the record to its event
	byVersion := map[string][]record.Mention{}
	for i, e := range all {
		for _, m := range e.Mentions {
			of[m.ID] = i
			byVersion[m.Witness.Article] = append(byVersion[m.Witness.Article], m)
		}
	}
	for g, e := range events {
		got := map[string][]string{}
		for _, m := range e.Mentions {
			begin, end, ok := find(texts[m.Article], m.Words, m.Nth)
			if !ok {
				continue
			}
			s.Mentions++
			c := -len(gold) - 1 // a cluster of its own
			id := covering(byVersion[versions[m.Article]], begin, end)
			if id != "" {
				s.Covered++
				c = of[id]
				e := all[c]
				name := fmt.Sprintf("%s %s %s %s", e.ID[:6], e.Kind, e.From, parts(e))
				got[name] = append(got[name], m.Article)
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
		if sys[i] >= 0 && !slices.Contains(mixed[sys[i]], events[gold[i]].Key) {
			mixed[sys[i]] = append(mixed[sys[i]], events[gold[i]].Key)
		}
	}
	for i, e := range all {
		if len(mixed[i]) > 1 {
			s.Wrong = append(s.Wrong, fmt.Sprintf("one event %s %s %s %s: %s", e.ID[:6], e.Kind, e.From, parts(e), strings.Join(mixed[i], ", ")))
		}
	}
	return gold, sys, cover
}

func sortedKeys[V any](m map[string]V) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

func parts(e *record.Event) string {
	var out []string
	for _, p := range e.Participants {
		out = append(out, p.Name)
	}
	return "(" + strings.Join(out, ", ") + ")"
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

// covering is the mention whose words cover most of some words, of equals the
// one with the fewest words; "" when none shares any.
func covering(list []record.Mention, begin, end int) string {
	best, most, least := "", 0, 0
	for _, m := range list {
		for _, sp := range m.Spans {
			common := min(end, sp[1]) - max(begin, sp[0])
			if n := sp[1] - sp[0]; common > 0 && (common > most || common == most && n < least) {
				best, most, least = m.ID, common, n
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
func (s *JoinScore) states(at time.Time, have []*record.Event, events []corpusEvent, cover []string, expected func(func(string, []string))) {
	gold := map[string]string{}
	i := 0
	for _, e := range events {
		for range e.Mentions {
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
	if _, err := fmt.Fprintf(w, "%-24s %8s %8s %8s  %6s %6s %6s  %6s  %s\n", "corpus", "articles", "mentions", "covered", "joined", "P", "R", "all", "status right, found, expected"); err != nil {
		return err
	}
	for _, s := range list {
		_, err := fmt.Fprintf(w, "%-24s %8d %8d %8d  %6.1f %6.1f %6.1f  %6.1f  %d, %d, %d\n", s.Name, s.Articles, s.Mentions, s.Covered,
			100*s.Joined.F, 100*s.Joined.P, 100*s.Joined.R, 100*s.All.F, s.StatusRight, s.StatusFound, s.StatusExpected)
		if err != nil {
			return err
		}
		if wrong {
			for _, line := range s.Wrong {
				if _, err := fmt.Fprintln(w, "  ", line); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
