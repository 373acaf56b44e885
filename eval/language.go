package eval

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"readout"
	"readout/doc"
)

// Dev corpora of the language layer. Part selects documents by what their id
// holds; empty is all.
var (
	syntaxCorpora = []struct{ title, file, part string }{
		{"EWT dev", "ud/en_ewt-dev.conllu", ""},
		{"EWT dev weblogs", "ud/en_ewt-dev.conllu", "weblog"},
		{"GUM dev", "ud/en_gum-dev-open.conllu", ""},
		{"GUM dev news", "ud/en_gum-dev-open.conllu", "GUM_news"},
	}
	nameCorpora = []struct {
		title, file string
		kinds       []doc.NameKind
	}{
		{"UNER EWT dev", "ner/uner_ewt_dev.conll", []doc.NameKind{doc.NamePER, doc.NameORG, doc.NameLOC}},
		{"CrossNER politics dev", "ner/crossner_politics_dev.conll", doc.NameKinds()},
		{"GUM dev (silver)", "ner/gum_names_dev.conll", doc.NameKinds()},
	}
)

// Bare is a copy of d with the text layer only, which shares d's slices.
func Bare(d *doc.Document) *doc.Document {
	return &doc.Document{
		Meta: d.Meta, Text: d.Text, Has: doc.LayerText, Blocks: d.Blocks, Sentences: d.Sentences, Quotes: d.Quotes, Words: d.Words,
		Tokens: doc.Tokens{Bytes: d.Tokens.Bytes, Sent: d.Tokens.Sent},
	}
}

// LanguageStages are the stages of r that write some of the layers, in order.
func LanguageStages(r *readout.Reader, layers doc.Layer) []readout.Stage {
	var out []readout.Stage
	for _, s := range r.Stages() {
		if s.Writes()&layers != 0 {
			out = append(out, s)
		}
	}
	return out
}

// Annotate runs stages on d.
func Annotate(ctx context.Context, d *doc.Document, stages []readout.Stage) error {
	for _, s := range stages {
		if err := s.Run(ctx, d); err != nil {
			return fmt.Errorf("%s: %w", s.Name(), err)
		}
	}
	return nil
}

// SyntaxResult is the figures of one corpus.
type SyntaxResult struct {
	Corpus  string
	Figures Syntax
}

// RunSyntax measures stages on the dev treebanks in the folder data, on gold
// tokens and sentences.
func RunSyntax(ctx context.Context, stages []readout.Stage, data string) ([]SyntaxResult, error) {
	return runSyntax(ctx, stages, data, Bare)
}

// RunText measures stages on the running text of the dev treebanks: the first
// of them must make the text layer.
func RunText(ctx context.Context, stages []readout.Stage, data string) ([]SyntaxResult, error) {
	return runSyntax(ctx, stages, data, func(d *doc.Document) *doc.Document { return &doc.Document{Meta: d.Meta, Text: d.Text} })
}

func runSyntax(ctx context.Context, stages []readout.Stage, data string, open func(*doc.Document) *doc.Document) ([]SyntaxResult, error) {
	var out []SyntaxResult
	for _, c := range syntaxCorpora {
		golds, err := ReadTreebankDocuments(data, c.file)
		if err != nil {
			return nil, err
		}
		r := SyntaxResult{Corpus: c.title}
		for _, gold := range golds {
			if !strings.Contains(gold.Key, c.part) {
				continue
			}
			d := open(gold)
			if err := Annotate(ctx, d, stages); err != nil {
				return nil, err
			}
			r.Figures.Add(CompareSyntax(gold, d))
		}
		out = append(out, r)
	}
	return out, nil
}

// PrintTags prints the figures of tags.
func PrintTags(w io.Writer, list []SyntaxResult) error {
	return printSyntax(w, list, []string{"UPOS", "XPOS", "Feats", "Lemma"}, func(s *Syntax) []Count { return []Count{s.UPOS, s.XPOS, s.Feats, s.Lemma} })
}

// PrintTrees prints the figures of trees.
func PrintTrees(w io.Writer, list []SyntaxResult) error {
	return printSyntax(w, list, []string{"UPOS", "UAS", "LAS", "LAS-full", "CLAS"}, func(s *Syntax) []Count { return []Count{s.UPOS, s.UAS, s.LAS, s.LASFull, s.CLAS} })
}

// PrintText prints the figures of running text.
func PrintText(w io.Writer, list []SyntaxResult) error {
	return printSyntax(w, list, []string{"Tokens", "Sentences", "Words", "UPOS", "Lemma", "UAS", "LAS"},
		func(s *Syntax) []Count {
			return []Count{s.Tokens, s.Sentences, s.Words, s.UPOS, s.Lemma, s.UAS, s.LAS}
		})
}

// printSyntax prints a table of F1 in per cent.
func printSyntax(w io.Writer, list []SyntaxResult, columns []string, counts func(*Syntax) []Count) error {
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "%-24s %8s", "corpus", "words")
	for _, c := range columns {
		fmt.Fprintf(b, " %9s", c)
	}
	fmt.Fprintln(b)
	for i := range list {
		s := &list[i].Figures
		fmt.Fprintf(b, "%-24s %8d", list[i].Corpus, s.Words.Gold)
		for _, n := range counts(s) {
			fmt.Fprintf(b, " %9.2f", 100*n.PRF().F)
		}
		fmt.Fprintln(b)
	}
	return b.Flush()
}

// NamesResult is the figures of one corpus of names.
type NamesResult struct {
	Corpus  string
	Figures Names
}

// RunNames measures stages on the dev corpora of names in the folder data, on
// gold tokens and sentences; re3d, which has neither, from its running text, by
// the Reader's text stage, which must be the first of stages.
func RunNames(ctx context.Context, stages []readout.Stage, data string) ([]NamesResult, error) {
	var out []NamesResult
	for _, c := range nameCorpora {
		golds, err := ReadNames(data, c.file)
		if err != nil {
			return nil, err
		}
		r := NamesResult{Corpus: c.title}
		for _, gold := range golds {
			d := Bare(gold)
			if err := Annotate(ctx, d, stages[1:]); err != nil {
				return nil, err
			}
			r.Figures.Add(CompareNames(NamesOf(gold, c.kinds), NamesOf(d, c.kinds), nil))
		}
		out = append(out, r)
	}
	re3d, err := runRe3d(ctx, stages, data)
	if err != nil {
		return nil, err
	}
	return append(out, re3d), nil
}

// re3dRecord is a line of re3d: offsets are code points. It marks descriptions
// ("the army") as well as names, so overlap is what counts.
type re3dRecord struct {
	Text      string       `json:"text"`
	Entities  []re3dEntity `json:"entities"`
	Uncertain []re3dEntity `json:"uncertain"`
}

type re3dEntity struct {
	Begin, End int
	Type       string
}

var re3dKinds = map[string]doc.NameKind{"Organisation": doc.NameORG, "Location": doc.NameLOC, "Person": doc.NamePER}

func runRe3d(ctx context.Context, stages []readout.Stage, data string) (NamesResult, error) {
	out := NamesResult{Corpus: "re3d dev"}
	r, err := openData(data, "ner/re3d_dev.jsonl")
	if err != nil {
		return out, err
	}
	defer r.Close()
	for dec := json.NewDecoder(r); ; {
		var rec re3dRecord
		if err := dec.Decode(&rec); errors.Is(err, io.EOF) {
			return out, nil
		} else if err != nil {
			return out, fmt.Errorf("re3d_dev.jsonl: %w", err)
		}
		d := &doc.Document{Text: rec.Text}
		if err := Annotate(ctx, d, stages); err != nil {
			return out, err
		}
		var gold []Named
		var uncertain []doc.Range
		at := byteOffsets(rec.Text)
		for _, e := range rec.Entities {
			if k := re3dKinds[e.Type]; k != 0 && e.Begin < e.End && e.End < len(at) {
				gold = append(gold, Named{doc.Range{Begin: at[e.Begin], End: at[e.End]}, k})
			}
		}
		for _, e := range rec.Uncertain {
			if re3dKinds[e.Type] != 0 && e.Begin < e.End && e.End < len(at) {
				uncertain = append(uncertain, doc.Range{Begin: at[e.Begin], End: at[e.End]})
			}
		}
		out.Figures.Add(CompareNames(gold, NamesOf(d, []doc.NameKind{doc.NamePER, doc.NameORG, doc.NameLOC}), uncertain))
	}
}

// byteOffsets gives the byte of each code point of s, and its length.
func byteOffsets(s string) []int32 {
	out := make([]int32, 0, utf8.RuneCountInString(s)+1)
	for i := range s {
		out = append(out, int32(i))
	}
	return append(out, int32(len(s)))
}

// PrintNames prints the figures of names: exact by kind, and overlap.
func PrintNames(w io.Writer, list []NamesResult) error {
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "%-24s %6s %8s %8s %8s", "corpus", "names", "P", "R", "F1")
	for _, k := range doc.NameKinds() {
		fmt.Fprintf(b, " %8s", k)
	}
	fmt.Fprintf(b, " %8s %8s\n", "overlap", "untyped")
	for i := range list {
		n := &list[i].Figures
		all := n.Exact[0].PRF()
		fmt.Fprintf(b, "%-24s %6d %8.2f %8.2f %8.2f", list[i].Corpus, n.Exact[0].Gold, 100*all.P, 100*all.R, 100*all.F)
		for _, k := range doc.NameKinds() {
			fmt.Fprintf(b, " %8.2f", 100*n.Exact[k].PRF().F)
		}
		fmt.Fprintf(b, " %8.2f %8.2f\n", 100*n.Overlap[0].PRF().F, 100*n.Untyped.PRF().F)
	}
	return b.Flush()
}

// HasTreebanks reports whether the dev treebanks are in the folder data.
func HasTreebanks(data string) bool { return has(data, syntaxCorpora[0].file) }

// HasNames reports whether the dev corpora of names are in the folder data.
func HasNames(data string) bool { return has(data, nameCorpora[0].file) }

func has(data, file string) bool {
	r, err := openData(data, file)
	if err != nil {
		return false
	}
	return r.Close() == nil
}
