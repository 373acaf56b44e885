package issue_test

import (
	"bufio"
	"os"
	"slices"
	"strings"
	"testing"

	"readout"
	"readout/doc"
)

// reader is the whole reader: the rows of the tables are held against real
// trees, not against trees made to fit.
func read(t *testing.T, r *readout.Reader, text string) *doc.Document {
	t.Helper()
	d, err := r.Read(t.Context(), readout.Article{Text: text})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func table(t *testing.T, name string) [][]string {
	t.Helper()
	f, err := os.Open("data/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out [][]string
	sc := bufio.NewScanner(f)
	for sc.Scan() {
		out = append(out, strings.Split(sc.Text(), "\t"))
	}
	return out[1:]
}

// share fails the test when fewer than want of the sentences hold. The parser
// errs on some; a row whose every variant fails is named always.
type share struct {
	held, of int
}

func (s *share) row(t *testing.T, row string, sentences []string, holds func(string) bool) {
	t.Helper()
	n := 0
	for _, x := range sentences {
		s.of++
		if holds(x) {
			n++
			s.held++
		} else {
			t.Logf("%s: does not hold: %s", row, x)
		}
	}
	if n == 0 {
		t.Errorf("%s: none of its sentences holds", row)
	}
}

func (s *share) check(t *testing.T, want float64) {
	t.Helper()
	if got := float64(s.held) / float64(s.of); got < want {
		t.Errorf("%d of %d sentences hold, want %.0f %%", s.held, s.of, 100*want)
	}
}

func newReader(t *testing.T) *readout.Reader {
	t.Helper()
	r, err := readout.New(readout.Config{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// phrase is the first pattern of a row as words.
func phrase(patterns string) string {
	first, _, _ := strings.Cut(patterns, ";")
	var out []string
	for _, w := range strings.Fields(first) {
		if w != "_" {
			w, _, _ = strings.Cut(w, "/")
			out = append(out, w)
		}
	}
	return strings.Join(out, " ")
}

func TestTopics(t *testing.T) {
	r := newReader(t)
	var s share
	for _, row := range table(t, "topics.tsv") {
		name := row[0]
		variants := []string{
			row[3],
			"The negotiators of both sides discussed the " + phrase(row[1]) + " on Monday.",
			"The envoy said that the " + phrase(row[1]) + " remains open.",
		}
		s.row(t, name, variants, func(x string) bool {
			return slices.ContainsFunc(read(t, r, x).Issues, func(i doc.Issue) bool { return i.Canonical == name })
		})
	}
	s.check(t, 0.95)
}

func TestStances(t *testing.T) {
	r := newReader(t)
	var s share
	for _, row := range table(t, "stances.tsv") {
		want, _ := doc.ParseStance(row[1])
		variants := []string{
			strings.Replace(row[3], "The minister", "The Chilean minister", 1),
			strings.Replace(row[3], "The minister", "Foreign Minister Ana Torres", 1),
			strings.Replace(row[3], "The minister", "On Monday the Chilean minister", 1),
		}
		s.row(t, row[0], variants, func(x string) bool {
			return slices.ContainsFunc(read(t, r, x).Issues, func(i doc.Issue) bool {
				return slices.ContainsFunc(i.Positions, func(p doc.Position) bool { return p.Stance == want })
			})
		})
	}
	s.check(t, 0.9)
}

func TestAgenda(t *testing.T) {
	r := newReader(t)
	var s share
	for _, row := range table(t, "agenda.tsv") {
		variants := []string{row[3], strings.Replace(row[3], "the fishing quotas", "the lost dredger", 1), strings.Replace(row[3], "The ", "On Tuesday the ", 1)}
		s.row(t, row[0], variants, func(x string) bool { return len(read(t, r, x).Issues) > 0 })
	}
	s.check(t, 0.95)
}

func TestProposals(t *testing.T) {
	r := newReader(t)
	var s share
	for _, row := range table(t, "proposals.tsv") {
		want, _ := doc.ParseProposalStatus(row[2])
		topic := "The sides argued about humanitarian access. "
		variants := []string{topic + row[3], topic + strings.Replace(row[3], "along the coast", "through the mountains", 1), topic + strings.Replace(row[3], "corridor", "ferry", 1)}
		s.row(t, row[0], variants, func(x string) bool {
			return slices.ContainsFunc(read(t, r, x).Issues, func(i doc.Issue) bool {
				return slices.ContainsFunc(i.Proposals, func(p doc.Proposal) bool { return p.Status == want && len(p.Terms) > 0 })
			})
		})
	}
	s.check(t, 0.9)
}

// What must not be said: a topic in passing is no position, another's wish is
// not the speaker's.
func TestPositionsNotTaken(t *testing.T) {
	r := newReader(t)
	for _, c := range []struct {
		text, actor string
		stance      doc.Stance
	}{
		{"The Norwegian minister said that Chile rejects a ceasefire.", "Norway", doc.StanceOpposes},
		{"The mediator said the rebels demand elections.", "mediator", doc.StanceSeeks},
	} {
		d := read(t, r, c.text)
		for _, i := range d.Issues {
			for _, p := range i.Positions {
				if p.Stance == c.stance && strings.Contains(d.Actors[p.Actor].Name, c.actor) {
					t.Errorf("%q: %s %s %s", c.text, c.actor, p.Stance, i.Topic)
				}
			}
		}
	}
}
