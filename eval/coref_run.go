package eval

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"readout"
	"readout/doc"
	"readout/news/actor"
	"readout/registry"
)

// CorefDocument is one document of a coreference corpus: a line of JSON. A
// mention is a half-open pair of indices into Offsets, which are code points of
// Text.
type CorefDocument struct {
	ID       string     `json:"id"`
	Genre    string     `json:"genre"`
	Text     string     `json:"text"`
	Offsets  [][2]int   `json:"offsets"`
	Clusters [][][2]int `json:"clusters"`
	Types    []string   `json:"types"` // of the clusters; nil where the corpus has none
}

// maxCorefLine is the longest line of a corpus that is read.
const maxCorefLine = 64 << 20

// ReadCoref reads a corpus, one document a line. A line that breaks the format
// gives an error with its number.
func ReadCoref(r io.Reader, name string) ([]CorefDocument, error) {
	var out []CorefDocument
	sc := bufio.NewScanner(r)
	sc.Buffer(nil, maxCorefLine)
	for n := 1; sc.Scan(); n++ {
		if strings.TrimSpace(sc.Text()) == "" {
			continue
		}
		var d CorefDocument
		if err := json.Unmarshal(sc.Bytes(), &d); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, n, err)
		}
		if err := d.check(); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, n, err)
		}
		out = append(out, d)
	}
	if err := sc.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return out, nil
}

func (d *CorefDocument) check() error {
	if d.Types != nil && len(d.Types) != len(d.Clusters) {
		return fmt.Errorf("%d types for %d clusters", len(d.Types), len(d.Clusters))
	}
	n := len([]rune(d.Text))
	for _, o := range d.Offsets {
		if o[0] < 0 || o[1] <= o[0] || o[1] > n {
			return fmt.Errorf("offsets %v do not lie in the text", o)
		}
	}
	for _, c := range d.Clusters {
		for _, m := range c {
			if m[0] < 0 || m[1] <= m[0] || m[1] > len(d.Offsets) {
				return fmt.Errorf("mention %v does not lie in the words", m)
			}
		}
	}
	return nil
}

// gold are the clusters as ranges of bytes; keep tells which, by number.
func (d *CorefDocument) gold(keep func(int) bool) [][]doc.Range {
	at := make([]int32, 0, len(d.Text)+1) // code point to byte
	for i := range d.Text {
		at = append(at, int32(i))
	}
	at = append(at, int32(len(d.Text)))
	var out [][]doc.Range
	for k, c := range d.Clusters {
		if !keep(k) {
			continue
		}
		var ms []doc.Range
		for _, m := range c {
			ms = append(ms, doc.Range{Begin: at[d.Offsets[m[0]][0]], End: at[d.Offsets[m[1]-1][1]]})
		}
		out = append(out, ms)
	}
	return out
}

// parties reports whether cluster k is people, a body, or a country: GUM calls
// a country a place where it does not act.
func (d *CorefDocument) parties(k int, reg *registry.Registry) bool {
	if d.Types == nil {
		return false
	}
	switch d.Types[k] {
	case "person", "organization":
		return true
	case "place":
		text := []rune(d.Text)
		for _, m := range d.Clusters[k] {
			for _, r := range reg.Lookup(string(text[d.Offsets[m[0]][0]:d.Offsets[m[1]-1][1]])) {
				if r.Entry.Kind == registry.Country && (r.Form == registry.FormName || r.Form == registry.FormAcronym) {
					return true
				}
			}
		}
	}
	return false
}

// CorefResult is the figures of one corpus or of several together.
type CorefResult struct {
	Name      string
	Documents int
	All       Coref
	Parties   Coref // people, bodies and countries alone; zero where the corpus has no types
}

// corefSets are the development corpora, in the order of the report. Those in
// the manner of OntoNotes mark an apposition with what it stands by.
var corefSets = []struct {
	name string
	wide bool
	sum  bool // counts in the figure that has a floor
}{
	{"gum_news", false, false},
	{"gum_otheropen", false, true},
	{"ontogum_news", true, true},
}

// RunCoref measures the coreference of a reader on the corpora under dir, whose
// files are NAME_PART.jsonl.gz, from raw text. The last result is that of
// gum_otheropen and ontogum_news together.
func RunCoref(ctx context.Context, r *readout.Reader, dir, part string) ([]CorefResult, error) {
	stage := actorStage(r)
	if stage == nil {
		return nil, errors.New("the reader has no stage for actors")
	}
	reg, err := registry.Default()
	if err != nil {
		return nil, err
	}
	var out []CorefResult
	var all, parties CorefSums
	total := 0
	for _, set := range corefSets {
		docs, err := openCoref(filepath.Join(dir, set.name+"_"+part+".jsonl.gz"))
		if err != nil {
			return nil, err
		}
		var a, p CorefSums
		for i := range docs {
			g := &docs[i]
			d, err := r.Read(ctx, readout.Article{Text: g.Text, Key: g.ID})
			if err != nil {
				return nil, fmt.Errorf("%s: %w", g.ID, err)
			}
			chains, err := stage.Chains(ctx, d)
			if err != nil {
				return nil, err
			}
			sys, sysParties := ranges(d, chains, set.wide)
			sums := []*CorefSums{&a}
			if set.sum {
				sums = append(sums, &all)
				total++
			}
			gold := g.gold(func(int) bool { return true })
			for _, s := range sums {
				s.Add(gold, sys)
			}
			if g.Types == nil {
				continue
			}
			gold = g.gold(func(k int) bool { return g.parties(k, reg) })
			p.Add(gold, sysParties)
			if set.sum {
				parties.Add(gold, sysParties)
			}
		}
		out = append(out, CorefResult{set.name, len(docs), a.Figures(), p.Figures()})
	}
	return append(out, CorefResult{"together", total, all.Figures(), parties.Figures()}), nil
}

func actorStage(r *readout.Reader) *actor.Stage {
	for _, s := range r.Stages() {
		if a, ok := s.(*actor.Stage); ok {
			return a
		}
	}
	return nil
}

// ranges are the clusters of a document as ranges of bytes: all, and those that
// are people, bodies, countries and groups.
func ranges(d *doc.Document, chains []actor.Chain, wide bool) (all, parties [][]doc.Range) {
	for _, c := range chains {
		spans := c.Spans
		if wide {
			spans = c.Wide
		}
		var ms []doc.Range
		for _, s := range spans {
			if !s.Empty() {
				ms = append(ms, d.Bytes(s))
			}
		}
		all = append(all, ms)
		if c.Kind != 0 && c.Kind != doc.KindPlace {
			parties = append(parties, ms)
		}
	}
	return all, parties
}

func openCoref(path string) ([]CorefDocument, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return ReadCoref(z, filepath.Base(path))
}

// PrintCoref writes a table of results.
func PrintCoref(w io.Writer, results []CorefResult) error {
	if _, err := fmt.Fprintf(w, "%-14s %4s  %6s  %6s %6s %6s  %8s  %7s\n", "corpus", "docs", "CoNLL", "MUC", "B3", "CEAF4", "mentions", "parties"); err != nil {
		return err
	}
	for _, r := range results {
		c := r.All
		_, err := fmt.Fprintf(w, "%-14s %4d  %6.1f  %6.1f %6.1f %6.1f  %8.1f  %7.1f\n", r.Name, r.Documents,
			100*c.CoNLL, 100*c.MUC.F, 100*c.B3.F, 100*c.CEAF.F, 100*c.Mentions.F, 100*r.Parties.CoNLL)
		if err != nil {
			return err
		}
	}
	return nil
}
