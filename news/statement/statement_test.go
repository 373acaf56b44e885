package statement

import (
	"context"
	"reflect"
	"slices"
	"strings"
	"testing"

	"readout/conllu"
	"readout/doc"
)

// read runs the stage on sentences written by hand: "form/lemma/UPOS/head/rel",
// heads counted from 1 in each sentence, one sentence a line, an empty line
// between paragraphs. Quotations are those in “ and ”.
func read(t *testing.T, lines string) *doc.Document {
	t.Helper()
	var b strings.Builder
	paragraph := true
	for line := range strings.Lines(lines) {
		line = strings.TrimSpace(line)
		if line == "" {
			paragraph = true
			continue
		}
		if paragraph {
			b.WriteString("# newpar\n")
		}
		paragraph = false
		for i, token := range strings.Fields(line) {
			c := strings.Split(token, "/")
			if len(c) != 5 {
				t.Fatalf("%q has not five parts", token)
			}
			feats, xpos := "_", "_"
			switch {
			case strings.HasSuffix(c[2], "+"): // a verb with tense
				c[2], feats, xpos = strings.TrimSuffix(c[2], "+"), "VerbForm=Fin", "VBD"
			case strings.HasSuffix(c[2], "-"): // a participle
				c[2], xpos = strings.TrimSuffix(c[2], "-"), "VBG"
			}
			b.WriteString(strings.Join([]string{itoa(i + 1), c[0], c[1], c[2], xpos, feats, c[3], c[4], "_", "_"}, "\t") + "\n")
		}
		b.WriteString("\n")
	}
	d := conllu.MustDoc(b.String())
	quotes(d)
	d.Actors, d.Mentions = []doc.Actor{}, []doc.Mention{}
	for i := range int32(d.Len()) { // every name an actor of its own
		if d.UPOS(i) == doc.PROPN {
			a := slices.IndexFunc(d.Actors, func(a doc.Actor) bool { return a.Name == d.Form(i) })
			if a < 0 {
				a = len(d.Actors)
				d.Actors = append(d.Actors, doc.Actor{Name: d.Form(i), Kind: doc.KindPerson})
			}
			d.Mentions = append(d.Mentions, doc.Mention{Span: doc.Span{Begin: i, End: i + 1}, Head: i, Actor: doc.ActorID(a), Form: doc.FormName})
		}
	}
	if err := New(Config{}).Run(context.Background(), d); err != nil {
		t.Fatal(err)
	}
	checkProperties(t, d)
	return d
}

func itoa(n int) string {
	if n >= 10 {
		return itoa(n/10) + string(rune('0'+n%10))
	}
	return string(rune('0' + n))
}

func quotes(d *doc.Document) {
	open := int32(-1)
	for i := range int32(d.Len()) {
		switch d.Form(i) {
		case "“":
			open = i
		case "”":
			d.Quotes = append(d.Quotes, doc.Quote{Span: doc.Span{Begin: open, End: i + 1}})
			open = -1
		}
	}
	if open >= 0 {
		d.Quotes = append(d.Quotes, doc.Quote{Span: doc.Span{Begin: open, End: int32(d.Len())}, Open: true})
	}
}

// checkProperties are what holds of every document.
func checkProperties(t *testing.T, d *doc.Document) {
	t.Helper()
	if d.Statements == nil || d.Judgements == nil || d.Has&doc.LayerStatements == 0 {
		t.Error("the layer is not set")
	}
	in := func(s doc.Span) bool { return 0 <= s.Begin && s.Begin < s.End && s.End <= int32(d.Len()) }
	shared := map[doc.Span]int{}
	for i, s := range d.Statements {
		if s.Source.Span.Empty() && s.Cue.Span.Empty() {
			t.Errorf("statement %d has neither source nor cue", i)
		}
		for _, x := range append([]doc.Span{s.Source.Span, s.Cue.Span, s.Channel.Span}, s.Content...) {
			if !x.Empty() && !in(x) {
				t.Errorf("statement %d has a span %v outside the text", i, x)
			}
		}
		for k := 1; k < len(s.Content); k++ {
			if s.Content[k].Begin < s.Content[k-1].End {
				t.Errorf("statement %d has contents that overlap: %v", i, s.Content)
			}
		}
		if (s.Form == doc.SaidSilence) != (len(s.Content) == 0) {
			t.Errorf("statement %d: form %v with %d pieces of content", i, s.Form, len(s.Content))
		}
		if s.Within >= doc.StatementID(len(d.Statements)) || s.Within == doc.StatementID(i) {
			t.Errorf("statement %d lies within %d", i, s.Within)
		}
		for n, w := 0, s.Within; w >= 0; w = d.Statements[w].Within {
			if n++; n > len(d.Statements) {
				t.Fatalf("statement %d lies within itself", i)
			}
		}
		if s.Confidence < 0 || s.Confidence > 1 {
			t.Errorf("statement %d has confidence %v", i, s.Confidence)
		}
		if len(s.Content) > 0 {
			if shared[s.Content[0]]++; shared[s.Content[0]] > maxSharing {
				t.Errorf("content %v is in more than %d statements", s.Content[0], maxSharing)
			}
		}
	}
	for _, j := range d.Judgements {
		if !in(j) {
			t.Errorf("judgement %v lies outside the text", j)
		}
	}
}

// told is one statement as the tests write it: source | cue | content, with its
// pieces divided by " + ".
func told(d *doc.Document, s doc.Statement) string {
	var pieces []string
	for _, c := range s.Content {
		pieces = append(pieces, d.Slice(c))
	}
	return d.Slice(s.Source.Span) + " | " + d.Slice(s.Cue.Span) + " | " + strings.Join(pieces, " + ")
}

func TestStatements(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"a clause", `Lee/Lee/PROPN/2/nsubj said/say/VERB+/0/root that/that/SCONJ/6/mark talks/talk/NOUN/6/nsubj had/have/AUX+/6/aux failed/fail/VERB/2/ccomp ././PUNCT/2/punct`,
			[]string{"Lee | said | that talks had failed"}},
		{"negation and adverbs belong to the cue", `Lee/Lee/PROPN/4/nsubj did/do/AUX+/4/aux not/not/PART/4/advmod say/say/VERB/0/root that/that/SCONJ/7/mark talks/talk/NOUN/7/nsubj failed/fail/VERB+/4/ccomp ././PUNCT/4/punct`,
			[]string{"Lee | did not say | that talks failed"}},
		{"a clause put in the middle", `Talks/talk/NOUN/7/nsubj ,/,/PUNCT/4/punct Lee/Lee/PROPN/4/nsubj said/say/VERB+/7/parataxis ,/,/PUNCT/4/punct had/have/AUX+/7/aux failed/fail/VERB/0/root ././PUNCT/7/punct`,
			[]string{"Lee | said | Talks + had failed"}},
		{"a clause at the end", `Talks/talk/NOUN/3/nsubj had/have/AUX+/3/aux failed/fail/VERB/0/root ,/,/PUNCT/6/punct Lee/Lee/PROPN/6/nsubj said/say/VERB+/3/parataxis ././PUNCT/3/punct`,
			[]string{"Lee | said | Talks had failed"}},
		{"direct speech that goes on", `“/"/PUNCT/3/punct We/we/PRON/3/nsubj won/win/VERB+/6/ccomp ,/,/PUNCT/3/punct ”/"/PUNCT/3/punct said/say/VERB+/0/root Lee/Lee/PROPN/6/nsubj ././PUNCT/6/punct
			“/"/PUNCT/4/punct Now/now/ADV/4/advmod we/we/PRON/4/nsubj rest/rest/VERB+/0/root ././PUNCT/4/punct ”/"/PUNCT/4/punct`,
			[]string{"Lee | said | “ We won , ” + “ Now we rest . ”"}},
		{"speech of the next paragraph", `“/"/PUNCT/3/punct We/we/PRON/3/nsubj won/win/VERB+/6/ccomp ,/,/PUNCT/3/punct ”/"/PUNCT/3/punct said/say/VERB+/0/root Lee/Lee/PROPN/6/nsubj ././PUNCT/6/punct

			“/"/PUNCT/4/punct Now/now/ADV/4/advmod we/we/PRON/4/nsubj rest/rest/VERB+/0/root ././PUNCT/4/punct ”/"/PUNCT/4/punct`,
			[]string{"Lee | said | “ We won , ”", "Lee |  | “ Now we rest . ”"}},
		{"a cue before speech", `Lee/Lee/PROPN/2/nsubj added/add/VERB+/0/root ,/,/PUNCT/2/punct “/"/PUNCT/6/punct We/we/PRON/6/nsubj won/win/VERB+/2/ccomp ././PUNCT/6/punct ”/"/PUNCT/6/punct`,
			[]string{"Lee | added | “ We won . ”"}},
		{"scare quotes are nobody's", `The/the/DET/4/det “/"/PUNCT/3/punct peace/peace/NOUN/4/compound talks/talk/NOUN/6/nsubj ”/"/PUNCT/3/punct ended/end/VERB+/0/root ././PUNCT/6/punct`, nil},
		{"a relay is two statements", `Lee/Lee/PROPN/2/nsubj said/say/VERB+/0/root Ray/Ray/PROPN/4/nsubj rejected/reject/VERB+/2/ccomp the/the/DET/6/det plan/plan/NOUN/4/obj ././PUNCT/2/punct`,
			[]string{"Lee | said | Ray rejected the plan", "Ray | rejected | the plan"}},
		{"a second verb of the same speaker", `Lee/Lee/PROPN/2/nsubj praised/praise/VERB+/0/root Ray/Ray/PROPN/2/obj and/and/CCONJ/5/cc said/say/VERB+/2/conj talks/talk/NOUN/7/nsubj failed/fail/VERB+/5/ccomp ././PUNCT/2/punct`,
			[]string{"Lee | praised | Ray", "Lee | said | talks failed"}},
		{"a participle of the speaker", `Lee/Lee/PROPN/2/nsubj said/say/VERB+/0/root talks/talk/NOUN/4/nsubj failed/fail/VERB+/2/ccomp ,/,/PUNCT/6/punct adding/add/VERB-/4/advcl that/that/SCONJ/9/mark it/it/PRON/9/nsubj rained/rain/VERB+/6/ccomp ././PUNCT/2/punct`,
			[]string{"Lee | said | talks failed", "Lee | adding | that it rained"}},
		{"according to", `Talks/talk/NOUN/2/nsubj failed/fail/VERB+/0/root ,/,/PUNCT/6/punct according/accord/VERB/6/case to/to/ADP/4/fixed Lee/Lee/PROPN/2/obl ././PUNCT/2/punct`,
			[]string{"Lee | according to | Talks failed"}},
		{"reportedly", `Talks/talk/NOUN/4/nsubj have/have/AUX+/4/aux reportedly/reportedly/ADV/4/advmod failed/fail/VERB/0/root ././PUNCT/4/punct`,
			[]string{"reportedly | reportedly | Talks have + failed"}},
		{"an infinitive", `Lee/Lee/PROPN/2/nsubj refused/refuse/VERB+/0/root to/to/PART/4/mark sign/sign/VERB/2/xcomp it/it/PRON/4/obj ././PUNCT/2/punct`,
			[]string{"Lee | refused | to sign it"}},
		{"somebody's call", `Lee/Lee/PROPN/3/nmod:poss 's/'s/PART/1/case call/call/NOUN/6/nsubj for/for/ADP/5/case peace/peace/NOUN/3/nmod failed/fail/VERB+/0/root ././PUNCT/6/punct`,
			[]string{"Lee 's | call for | peace"}},
		{"quoted as saying", `The/the/DET/2/det agency/agency/NOUN/3/nsubj quoted/quote/VERB+/0/root Lee/Lee/PROPN/3/obj as/as/SCONJ/6/mark saying/say/VERB-/3/advcl talks/talk/NOUN/8/nsubj failed/fail/VERB+/6/ccomp ././PUNCT/3/punct`,
			[]string{"The agency | quoted | Lee as saying talks failed", "Lee | saying | talks failed"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := read(t, test.text)
			var got []string
			for _, s := range d.Statements {
				got = append(got, told(d, s))
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
		})
	}
}

func TestSilences(t *testing.T) {
	d := read(t, `Lee/Lee/PROPN/2/nsubj announced/announce/VERB+/0/root talks/talk/NOUN/2/obj ././PUNCT/2/punct
		Neither/neither/CCONJ/2/cc:preconj Chad/Chad/PROPN/6/nsubj nor/nor/CCONJ/4/cc Niger/Niger/PROPN/2/conj has/have/AUX+/6/aux issued/issue/VERB/0/root a/a/DET/8/det statement/statement/NOUN/6/obj ././PUNCT/6/punct`)
	if len(d.Statements) != 3 {
		t.Fatalf("%d statements, want 3", len(d.Statements))
	}
	for i, who := range []string{"Chad", "Niger"} {
		s := d.Statements[i+1]
		if s.Form != doc.SaidSilence || d.Slice(s.Source.Span) != who || d.Slice(s.Cue.Span) != "has issued" || s.Record != 0 {
			t.Errorf("got %s %s, want a silence of %s", s.Form, told(d, s), who)
		}
		if !reflect.DeepEqual(s.RespondsTo, []doc.StatementID{0}) {
			t.Errorf("%s leaves %v unanswered, want the announcement", who, s.RespondsTo)
		}
	}
}

func TestRelay(t *testing.T) {
	d := read(t, `Lee/Lee/PROPN/2/nsubj said/say/VERB+/0/root Ray/Ray/PROPN/4/nsubj rejected/reject/VERB+/2/ccomp the/the/DET/6/det plan/plan/NOUN/4/obj ././PUNCT/2/punct`)
	inner := d.Statements[1]
	if inner.Within != 0 || len(inner.Via) != 1 || d.Slice(inner.Via[0].Span) != "Lee" || inner.Cue.Act != doc.ActReject {
		t.Errorf("got %+v, want a rejection within the first statement, via Lee", inner)
	}
	if d.Statements[0].Within != doc.None {
		t.Error("the outer statement lies within another")
	}
}

func TestAddresseeAndChannel(t *testing.T) {
	d := read(t, `Lee/Lee/PROPN/2/nsubj told/tell/VERB+/0/root Ray/Ray/PROPN/2/obj in/in/ADP/6/case a/a/DET/6/det letter/letter/NOUN/2/obl that/that/SCONJ/9/mark talks/talk/NOUN/9/nsubj failed/fail/VERB+/2/ccomp ././PUNCT/2/punct`)
	s := d.Statements[0]
	if len(s.To) != 1 || d.Slice(s.To[0].Span) != "Ray" || s.Channel.Kind != doc.ChannelWritten || s.Channel.Text != "letter" || s.Record != doc.RecordOn {
		t.Errorf("got to %v, channel %v %q, record %v", s.To, s.Channel.Kind, s.Channel.Text, s.Record)
	}
}

func TestJudgements(t *testing.T) {
	d := read(t, `The/the/DET/2/det deal/deal/NOUN/3/nsubj marks/mark/VERB+/0/root a/a/DET/6/det pivotal/pivotal/ADJ/6/amod moment/moment/NOUN/3/obj ././PUNCT/3/punct`)
	if len(d.Judgements) != 1 || d.Slice(d.Judgements[0]) != "a pivotal moment" {
		t.Errorf("got %v, want %q", d.Judgements, "a pivotal moment")
	}
	d = read(t, `Lee/Lee/PROPN/2/nsubj said/say/VERB+/0/root it/it/PRON/4/nsubj marks/mark/VERB+/2/ccomp a/a/DET/7/det pivotal/pivotal/ADJ/7/amod moment/moment/NOUN/4/obj ././PUNCT/2/punct`)
	if len(d.Judgements) != 0 {
		t.Errorf("what Lee says is the outlet's judgement: %v", d.Judgements)
	}
}

// TestLongSentence: a chain of a thousand "he said that" and a sentence of
// 20,000 tokens end in reasonable time and keep the properties.
func TestLongSentence(t *testing.T) {
	var b strings.Builder
	for i := range 1000 {
		head, rel := 3*i-1, "ccomp"
		if i == 0 {
			head, rel = 0, "root"
		}
		b.WriteString("that/that/SCONJ/" + itoa(3*i+3) + "/mark Lee/Lee/PROPN/" + itoa(3*i+3) + "/nsubj said/say/VERB+/" + itoa(max(0, head+1)) + "/" + rel + " ")
	}
	read(t, b.String())
	b.Reset()
	for i := range 20000 {
		head, rel := i, "dep"
		if i == 0 {
			rel = "root"
		}
		b.WriteString("word/word/NOUN/" + itoa(head) + "/" + rel + " ")
	}
	read(t, b.String())
}

// TestMalformedTrees: whatever the heads are, the stage ends and keeps the
// properties.
func TestMalformedTrees(t *testing.T) {
	text := strings.Repeat(`Lee/Lee/PROPN/2/nsubj said/say/VERB+/0/root ,/,/PUNCT/2/punct “/"/PUNCT/6/punct We/we/PRON/6/nsubj won/win/VERB+/2/ccomp ././PUNCT/6/punct ”/"/PUNCT/6/punct `+"\n", 3)
	d := read(t, text)
	n := int32(d.Len())
	for seed := range int32(2000) {
		x := uint32(seed)*2654435761 + 1
		for i := range n {
			x = x*1664525 + 1013904223
			s := d.SentenceOf(i)
			d.Tokens.Head[i] = s.Begin + int32(x>>8)%(s.End-s.Begin)
			d.Tokens.Deprel[i] = doc.Deprels()[int(x>>16)%len(doc.Deprels())]
			d.Tokens.UPOS[i] = doc.UPOSValues()[int(x>>20)%len(doc.UPOSValues())]
			if x>>28 == 0 {
				d.Tokens.Head[i] = doc.Root
			}
		}
		d.LinkChildren()
		if err := New(Config{}).Run(context.Background(), d); err != nil {
			t.Fatal(err)
		}
		checkProperties(t, d)
	}
}

func BenchmarkRun(b *testing.B) {
	d := conllu.MustDoc(strings.Repeat("1 Lee Lee PROPN 2 nsubj\n2 said say VERB 0 root\n3 that that SCONJ 6 mark\n4 talks talk NOUN 6 nsubj\n5 had have AUX 6 aux\n6 failed fail VERB 2 ccomp\n7 . . PUNCT 2 punct\n\n", 200))
	s := New(Config{})
	for b.Loop() {
		if err := s.Run(context.Background(), d); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(d.Len())*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
}
