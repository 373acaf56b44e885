package statement

import (
	"context"
	"math/rand/v2"
	"strings"
	"testing"

	"readout/doc"
	"readout/news/statement/label"
)

// labelled is a reading with a letter for each token: S and s source, C and c
// cue, T and t content, + content that goes on, . nothing.
func labelled(letters string) *label.Reading {
	r := &label.Reading{}
	for _, c := range strings.ReplaceAll(letters, " ", "") {
		l := label.Label(strings.IndexRune(".CcSsT+t", c))
		r.Labels = append(r.Labels, l)
		p := make([]float32, label.Count)
		p[l] = 1
		r.Probs = append(r.Probs, p...)
	}
	return r
}

// adopted are the statements of d with what the labeller says.
func adopted(t *testing.T, d *doc.Document, r *label.Reading) {
	t.Helper()
	s := New(Config{})
	f := newFinder(d, s.t)
	if err := f.find(context.Background()); err != nil {
		t.Fatal(err)
	}
	newInputs(f)
	f.adopt(r)
	f.decide()
	f.looseQuotes()
	f.settle()
	d.Statements = f.statements()
	d.Judgements = f.judgements()
	checkProperties(t, d)
}

func TestAdopt(t *testing.T) {
	const said = "Lee/Lee/PROPN/2/nsubj said/say/VERB+/0/root talks/talk/NOUN/4/nsubj failed/fail/VERB+/2/ccomp today/today/NOUN/4/obl ././PUNCT/2/punct"
	const quoted = "“/“/PUNCT/3/punct We/we/PRON/3/nsubj won/win/VERB+/6/ccomp ,/,/PUNCT/3/punct ”/”/PUNCT/3/punct said/say/VERB+/0/root Lee/Lee/PROPN/6/nsubj ././PUNCT/6/punct"
	const more = "“/“/PUNCT/3/punct Now/now/ADV/3/advmod rest/rest/VERB+/0/root ././PUNCT/3/punct ”/”/PUNCT/3/punct"
	for _, c := range []struct{ name, text, labels, want string }{
		{"the labeller's content in the rules' statement", said, "S C Tt. .", "Lee | said | talks failed"},
		{"all of it", said, "S C Ttt .", "Lee | said | talks failed today"},
		{"what it is sure is none goes, what it leaves open stays", said, "......", ""},
		{"speech goes on in the paragraph", quoted + "\n" + more, "Ttttt C S . +tttt", "Lee | said | “ We won , ” / “ Now rest . ”"},
		{"speech in the next paragraph is a statement of its own", quoted + "\n\n" + more, "Ttttt C S . +tttt", "Lee | said | “ We won , ”; Lee |  | “ Now rest . ”"},
		{"what no cue reports is left to the rules", said, ". . Ttt .", "Lee | said | talks failed today"},
		{"a cue that no rule knows", "Lee/Lee/PROPN/2/nsubj hums/hum/VERB+/0/root tunes/tune/NOUN/2/obj ././PUNCT/2/punct", "S C T .", "Lee | hums | tunes"},
	} {
		d := read(t, c.text)
		adopted(t, d, labelled(c.labels))
		var got []string
		for _, s := range d.Statements {
			var content []string
			for _, p := range s.Content {
				content = append(content, forms(d, p))
			}
			got = append(got, forms(d, s.Source.Span)+" | "+forms(d, s.Cue.Span)+" | "+strings.Join(content, " / "))
		}
		if g := strings.Join(got, "; "); g != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, g, c.want)
		}
	}
}

func forms(d *doc.Document, s doc.Span) string {
	var out []string
	for i := s.Begin; i < s.End; i++ {
		out = append(out, d.Form(i))
	}
	return strings.Join(out, " ")
}

// Whatever the labels and the tree, what comes out is well formed.
func TestAdoptAnything(t *testing.T) {
	const text = "“/“/PUNCT/3/punct We/we/PRON/3/nsubj won/win/VERB+/6/ccomp ,/,/PUNCT/3/punct ”/”/PUNCT/3/punct said/say/VERB+/0/root Lee/Lee/PROPN/6/nsubj ././PUNCT/6/punct"
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 1))
		d := read(t, text+"\n"+text+"\n\n"+text)
		for i := range d.Tokens.Head {
			if s := d.SentenceOf(int32(i)); r.IntN(3) == 0 {
				d.Tokens.Head[i] = s.Begin + int32(r.IntN(s.Len()))
				d.Tokens.UPOS[i] = doc.UPOSValues()[r.IntN(len(doc.UPOSValues()))]
			}
		}
		d.LinkChildren()
		letters := make([]byte, d.Len())
		for i := range letters {
			letters[i] = ".CcSsT+t"[r.IntN(8)]
			if i > 0 && r.IntN(2) == 0 {
				letters[i] = letters[i-1]
			}
		}
		adopted(t, d, labelled(string(letters)))
	}
}

func TestHonest(t *testing.T) {
	last := float32(-1)
	for p := float32(0); p <= 1; p += .001 {
		c := honest(p)
		if c < last || c < 0 || c > 1 {
			t.Fatalf("honest(%v) = %v after %v", p, c, last)
		}
		last = c
	}
}
