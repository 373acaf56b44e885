package conllu

import (
	"bytes"
	"errors"
	"reflect"
	"strings"
	"testing"

	"readout/doc"
)

const sample = `# newdoc id = note
# sent_id = note-1
# text = The envoy can't wait.
1	The	the	DET	DT	Definite=Def|PronType=Art	2	det	_	_
2	envoy	envoy	NOUN	NN	Number=Sing	5	nsubj	_	NER=B-PER
3-4	can't	_	_	_	_	_	_	_	_
3	ca	can	AUX	MD	VerbForm=Fin	5	aux	_	_
4	n't	not	PART	RB	Polarity=Neg	5	advmod	_	_
5	wait	wait	VERB	VB	VerbForm=Inf	0	root	_	SpaceAfter=No
5.1	wait	wait	VERB	VB	_	_	_	0:root	_
6	.	.	PUNCT	.	_	5	punct	_	Note=kept

# newpar
1	Jane	Jane	PROPN	NNP	Number=Sing	3	nsubj	_	NER=B-PER
2	Doe	Doe	PROPN	NNP	Number=Sing	1	flat	_	NER=I-PER|SpaceAfter=No
3	left	leave	VERB	VBD	_	0	root	_	_

`

func read(t *testing.T, s string) []Sentence {
	t.Helper()
	out, err := Read(strings.NewReader(s), "test")
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func write(t *testing.T, s []Sentence) string {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, s); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestReadWrite(t *testing.T) {
	want := ""
	for line := range strings.Lines(sample) {
		if !strings.HasPrefix(line, "5.1") {
			want += line
		}
	}
	if got := write(t, read(t, sample)); got != want {
		t.Errorf("written:\n%s\nwant:\n%s", got, want)
	}
	if got := write(t, read(t, "\ufeff"+strings.ReplaceAll(sample, "\n", "\r\n"))); got != want {
		t.Errorf("with BOM and CRLF:\n%s", got)
	}
}

func TestSyntaxErrors(t *testing.T) {
	row := "\tx\tx\tX\t_\t_\t0\troot\t_\t_\n"
	for _, c := range []struct {
		name, in string
		line     int
	}{
		{"too few columns", "1\tx\n", 1},
		{"too many columns", "1" + strings.TrimSuffix(row, "\n") + "\t_\n", 1},
		{"empty column", "1\t\tx\tX\t_\t_\t0\troot\t_\t_\n", 1},
		{"bad id", "# a\nx" + row, 2},
		{"bad range", "2-1" + row, 1},
		{"range out of place", "2-3" + row, 1},
		{"range beyond the sentence", "1-3" + row + "1" + row + "\n", 3},
		{"range without words", "1-3" + row + "\n", 2},
		{"id out of order", "1" + row + "3" + row, 2},
		{"bad head", "1\tx\tx\tX\t_\t_\tq\troot\t_\t_\n", 1},
		{"negative head", "1\tx\tx\tX\t_\t_\t-1\troot\t_\t_\n", 1},
		{"head outside", "1\tx\tx\tX\t_\t_\t9\troot\t_\t_\n\n", 2},
		{"bad empty node", "1.x" + row, 1},
		{"invalid UTF-8", "1" + strings.Replace(row, "x", "\xff", 1), 1},
		{"line too long", "#" + strings.Repeat("x", MaxLine) + "\n", 1},
	} {
		got, err := Read(strings.NewReader(c.in), "in.conllu")
		var se *SyntaxError
		if !errors.As(err, &se) || se.Line != c.line || got != nil || !strings.HasPrefix(err.Error(), "in.conllu:") {
			t.Errorf("%s: Read = %v, %v; want a SyntaxError in line %d", c.name, got, err, c.line)
		}
	}
}

func TestAnnotated(t *testing.T) {
	d, err := Annotated(read(t, sample))
	if err != nil {
		t.Fatal(err)
	}
	if want := "The envoy can't wait.\n\nJane Doeleft"; d.Text != want {
		t.Errorf("Text = %q, want %q", d.Text, want)
	}
	if d.Key != "note" || len(d.Sentences) != 2 || len(d.Blocks) != 2 || d.Blocks[1].Span != (doc.Span{Begin: 6, End: 9}) {
		t.Errorf("Key %q, Sentences %v, Blocks %v", d.Key, d.Sentences, d.Blocks)
	}
	if d.Has != doc.LayerText|doc.LayerTags|doc.LayerTree|doc.LayerNames {
		t.Errorf("Has = %v", d.Has)
	}
	if d.Form(3) != "n't" || d.Lemma(3) != "not" || d.UPOS(3) != doc.PART || d.Head(3) != 4 || d.Head(4) != doc.Root || d.Head(7) != 6 || d.Feat(2, "VerbForm") != "Fin" {
		t.Error("columns of the tokens are wrong")
	}
	if len(d.Words) != 1 || d.Slice(d.Words[0]) != "can't" {
		t.Errorf("Words = %v", d.Words)
	}
	if len(d.Names) != 2 || d.Slice(d.Names[1].Span) != "Jane Doe" || d.Names[0].Kind != doc.NamePER {
		t.Errorf("Names = %v", d.Names)
	}
}

func TestDocumentIgnoresAnnotation(t *testing.T) {
	d, err := Document(read(t, sample))
	if err != nil || d.Has != doc.LayerText || d.Tokens.UPOS != nil || d.Tokens.Head != nil || d.Names != nil {
		t.Errorf("Document = %v with layers %v", err, d.Has)
	}
}

// A multiword token that its words do not spell, and a # text that differs
// from the forms: the forms win.
func TestFormsWin(t *testing.T) {
	in := "# text = other\n1-2\tdu\t_\t_\t_\t_\t_\t_\t_\t_\n1\tde\t_\t_\t_\t_\t_\t_\t_\t_\n2\tle\t_\t_\t_\t_\t_\t_\t_\t_\n3\troi\t_\t_\t_\t_\t_\t_\t_\t_\n\n"
	s := read(t, in)
	d, err := Document(s)
	if err != nil || d.Text != "dele roi" || d.Form(0) != "de" || d.Form(1) != "le" {
		t.Fatalf("Text = %q, %v", d.Text, err)
	}
	u, err := Update(s, d)
	if err != nil || write(t, u) != in {
		t.Errorf("Update gives\n%s, %v", write(t, u), err)
	}
}

func TestUpdateKeepsWhatIsNotAnnotation(t *testing.T) {
	gold := read(t, sample)
	d, err := Annotated(gold)
	if err != nil {
		t.Fatal(err)
	}
	got, err := Update(gold, d)
	if err != nil {
		t.Fatal(err)
	}
	got[1].Words[1].Misc = "NER=I-PER|SpaceAfter=No" // names are put last
	if !reflect.DeepEqual(got, gold) {
		t.Errorf("Update gives\n%s", write(t, got))
	}
	if _, err := Update(gold[:1], d); err == nil {
		t.Error("Update with other sentences gives no error")
	}
}

func TestSentences(t *testing.T) {
	d, err := Annotated(read(t, sample))
	if err != nil {
		t.Fatal(err)
	}
	want := `# newdoc id = note
# newpar
# sent_id = note-1
# text = The envoy can't wait.
1	The	the	DET	DT	Definite=Def|PronType=Art	2	det	_	_
2	envoy	envoy	NOUN	NN	Number=Sing	5	nsubj	_	NER=B-PER
3-4	can't	_	_	_	_	_	_	_	_
3	ca	can	AUX	MD	VerbForm=Fin	5	aux	_	_
4	n't	not	PART	RB	Polarity=Neg	5	advmod	_	_
5	wait	wait	VERB	VB	VerbForm=Inf	0	root	_	SpaceAfter=No
6	.	.	PUNCT	.	_	5	punct	_	_

# newpar
# sent_id = note-2
# text = Jane Doeleft
1	Jane	Jane	PROPN	NNP	Number=Sing	3	nsubj	_	NER=B-PER
2	Doe	Doe	PROPN	NNP	Number=Sing	1	flat	_	SpaceAfter=No|NER=I-PER
3	left	leave	VERB	VBD	_	0	root	_	_

`
	if got := write(t, Sentences(d)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestSplit(t *testing.T) {
	s := read(t, sample+sample)
	if got := Split(s); len(got) != 2 || len(got[0]) != 2 {
		t.Errorf("Split gives %d documents", len(got))
	}
	if got := Split(nil); len(got) != 0 {
		t.Errorf("Split(nil) = %v", got)
	}
}

func TestMustDoc(t *testing.T) {
	d := MustDoc(`
		# text = She said: "Go."
		1  She   she   PRON   2  nsubj
		2  said  say   VERB   0  root
		3  :     :     PUNCT  5  punct
		4  "     "     PUNCT  5  punct
		5  Go    go    VERB   2  ccomp
		6  .     .     PUNCT  5  punct
		7  "     "     PUNCT  5  punct
	`)
	if d.Text != `She said: "Go."` || d.Has != doc.LayerText|doc.LayerTags|doc.LayerTree || d.Head(4) != 1 || d.Deprel(4) != doc.RelCcomp {
		t.Errorf("MustDoc: %q with %v", d.Text, d.Has)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(sample)
	f.Add("# text = a  b\n1-2\tab\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n1\ta\t_\t_\t_\t_\t_\t_\t_\tNER=I-LOC\n2\tb\t_\t_\t_\t_\t_\t_\t_\t_\n\n")
	f.Add("1\t_\t_\t_\t_\t_\t0\t_\t_\t_")
	f.Fuzz(func(t *testing.T, in string) {
		s, err := Read(strings.NewReader(in), "fuzz")
		if err != nil {
			if s != nil {
				t.Fatal("sentences with an error")
			}
			return
		}
		again := read(t, write(t, s))
		if !reflect.DeepEqual(s, again) {
			t.Fatalf("decode, encode, decode differ:\n%#v\n%#v", s, again)
		}
		d, err := Annotated(s)
		if err != nil {
			t.Fatal(err)
		}
		checkDocument(t, d, s)
		if _, err := Update(s, d); err != nil {
			t.Fatal(err)
		}
		read(t, write(t, Sentences(d)))
	})
}

func checkDocument(t *testing.T, d *doc.Document, s []Sentence) {
	t.Helper()
	at := int32(0)
	i := int32(0)
	for _, sentence := range s {
		for _, w := range sentence.Words {
			r := d.Tokens.Bytes[i]
			if r.Begin < at || r.End > int32(len(d.Text)) || d.Form(i) != w.Form {
				t.Fatalf("token %d %v %q, want %q", i, r, d.Form(i), w.Form)
			}
			at = r.End
			i++
		}
	}
	if int(i) != d.Len() {
		t.Fatalf("%d tokens, %d words", d.Len(), i)
	}
}
