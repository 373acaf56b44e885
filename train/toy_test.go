package train

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"readout/conllu"
	"readout/doc"
	"readout/lang/name"
	"readout/lang/tag"
	"readout/weights"
)

// toy is a corpus small enough to be learnt by heart in a moment: one pattern
// of sentence with several words in each place.
func toy(t *testing.T) Config {
	t.Helper()
	dir := t.TempDir()
	var tree, names strings.Builder
	for _, who := range []string{"Kofi", "Amara", "Nadia", "Omar"} {
		for _, verb := range [][2]string{{"visited", "visit"}, {"praised", "praise"}, {"left", "leave"}} {
			for _, where := range []string{"Geneva", "Accra", "Oslo"} {
				tree.WriteString("1\t" + who + "\t" + who + "\tPROPN\tNNP\tNumber=Sing\t2\tnsubj\t_\t_\n" +
					"2\t" + verb[0] + "\t" + verb[1] + "\tVERB\tVBD\tTense=Past\t0\troot\t_\t_\n" +
					"3\tlovely\tlovely\tADJ\tJJ\tDegree=Pos\t4\tamod\t_\t_\n" +
					"4\t" + where + "\t" + where + "\tPROPN\tNNP\tNumber=Sing\t2\tobj\t_\t_\n" +
					"5\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_\n\n")
				names.WriteString(who + "\tB-PER\n" + verb[0] + "\tO\nlovely\tO\n" + where + "\tB-LOC\n.\tO\n\n")
			}
		}
	}
	for _, f := range trainFiles {
		write(t, dir, f, tree.String())
	}
	for _, f := range nameFiles {
		write(t, dir, f.name, names.String())
	}
	return Config{Data: dir, Seed: 7}
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// made trains a model twice, wants the same bytes, and reads it.
func made(t *testing.T, cfg Config, run func(context.Context, Config) ([]byte, error)) *weights.File {
	t.Helper()
	data, err := run(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	again, err := run(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(data, again) {
		t.Error("the same data and seed gave other bytes")
	}
	f, err := weights.Read(data)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(f.Card, "--seed 7") {
		t.Errorf("the card does not say how %s was made", f.Name)
	}
	return f
}

func TestToy(t *testing.T) {
	cfg := toy(t)
	tagger, err := tag.New(made(t, cfg, Tag))
	if err != nil {
		t.Fatal(err)
	}
	finder, err := name.New(made(t, cfg, Name), name.Known{})
	if err != nil {
		t.Fatal(err)
	}
	d := conllu.MustDoc("1 Amara _ _ _ _ _ _ _ _\n2 left _ _ _ _ _ _ _ _\n3 lovely _ _ _ _ _ _ _ _\n4 Oslo _ _ _ _ _ _ _ _\n5 . _ _ _ _ _ _ _ _")
	for _, run := range []func(context.Context, *doc.Document) error{tagger.Run, finder.Run} {
		if err := run(t.Context(), d); err != nil {
			t.Fatal(err)
		}
	}
	var got []string
	for i := range int32(d.Len()) {
		got = append(got, strings.Join([]string{d.Lemma(i), d.UPOS(i).String(), d.XPOS(i), d.Strings.Get(d.Tokens.Feats[i])}, " "))
	}
	want := []string{"Amara PROPN NNP Number=Sing", "leave VERB VBD Tense=Past", "lovely ADJ JJ Degree=Pos",
		"Oslo PROPN NNP Number=Sing", ". PUNCT . "}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("token %d: %q, want %q", i, got[i], want[i])
		}
	}
	if len(d.Names) != 2 || d.Names[0].Kind != doc.NamePER || d.Names[1].Kind != doc.NameLOC {
		t.Errorf("names %v, want Amara PER and Oslo LOC", d.Names)
	}
	longSentence(t, tagger, finder)
}

// longSentence: 20,000 tokens in one sentence are read like a short one.
func longSentence(t *testing.T, tagger *tag.Tagger, finder *name.Finder) {
	t.Helper()
	s := sentence{}
	for range 4000 {
		s.forms = append(s.forms, "Omar", "left", "lovely", "Oslo", ",")
	}
	d := document([]sentence{s})
	for _, run := range []func(context.Context, *doc.Document) error{tagger.Run, finder.Run} {
		if err := run(t.Context(), d); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(d.Names); n != 8000 {
		t.Errorf("%d names in a long sentence, want 8000", n)
	}
}

func TestStops(t *testing.T) {
	cfg := toy(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, run := range []func(context.Context, Config) ([]byte, error){Tag, Name} {
		if data, err := run(ctx, cfg); !errors.Is(err, context.Canceled) || data != nil {
			t.Errorf("%d bytes, error %v, want none and %v", len(data), err, context.Canceled)
		}
	}
}

func TestListsTable(t *testing.T) {
	if _, err := nameLists(listsTable); err != nil {
		t.Error(err)
	}
	if _, err := nameLists("list\tname\tsource\nrivers\tNile\tx\n"); err == nil {
		t.Error("a list that is not known was taken")
	}
}
