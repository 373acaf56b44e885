package text

import (
	"context"
	"strings"
	"testing"

	"readout/doc"
)

func run(t testing.TB, s string) *doc.Document {
	t.Helper()
	d := &doc.Document{Text: s}
	if err := New(Config{}).Run(context.Background(), d); err != nil {
		t.Fatal(err)
	}
	return d
}

// sentences gives the sentences of d, their tokens divided by spaces.
func sentences(d *doc.Document) []string {
	var out []string
	for _, s := range d.Sentences {
		var b []string
		for i := s.Begin; i < s.End; i++ {
			b = append(b, d.Form(i))
		}
		out = append(out, strings.Join(b, " "))
	}
	return out
}

func TestTokens(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"They don't know.", "They do n't know ."},
		{"He can't and won't, I'd say.", "He ca n't and wo n't , I 'd say ."},
		{"John's and the workers' demands", "John 's and the workers ' demands"},
		{"They’re Zelenskyy’s allies", "They ’re Zelenskyy ’s allies"},
		{"cannot gonna Cannot", "can not gon na Can not"},
		{"a long-term, U.S.-led 40-minute plan", "a long - term , U.S. - led 40 - minute plan"},
		{"non-member pre-war e-mail", "non-member pre-war e-mail"},
		{"O'Brien of Sana'a", "O'Brien of Sana'a"},
		{"$5.5 million, 10% and US$3", "$ 5.5 million , 10 % and US$ 3"},
		{"9/11 and/or 3/4", "9/11 and / or 3/4"},
		{"2025-03-03, 713-853-3989, 1969-1970", "2025-03-03 , 713-853-3989 , 1969 - 1970"},
		{"at 5pm, 10:30am, 35mm, the 1990s, 40th", "at 5 pm , 10:30 am , 35 mm , the 1990s , 40th"},
		{"the '90s", "the '90s"},
		{"a@b.org or http://x.org/a_(b), www.x.com.", "a@b.org or http://x.org/a_(b) , www.x.com ."},
		{"Mr. Doe, J. Doe of AT&T", "Mr. Doe , J. Doe of AT&T"},
		{"No. 5 said no.", "No. 5 said no ."},
		{"Wait... what?! No—yes – no", "Wait ... what ?! No — yes – no"},
		{"''Yes,'' he said", "'' Yes , '' he said"},
		{"‘Yes,’ he said", "‘ Yes , ’ he said"},
		{"end.Then", "end . Then"},
	} {
		if got := strings.Join(Forms(c.in), " "); got != c.want {
			t.Errorf("Forms(%q)\n got %s\nwant %s", c.in, got, c.want)
		}
	}
}

func TestSentences(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"He came. She left.", "He came . | She left ."},
		{"They came to the U.S. The talks failed.", "They came to the U.S. | The talks failed ."},
		{"The U.S. President left.", "The U.S. President left ."},
		{"“I go. You stay,” he said. He went.", "“ I go . | You stay , ” he said . | He went ."},
		{"\"Will you go?\" Jane Doe asked. \"No.\" He went.", "\" Will you go ? \" Jane Doe asked . | \" No . \" | He went ."},
		{"“Will you go?” he asked.", "“ Will you go ? ” he asked ."},
		{"“It is over.” The president then left.", "“ It is over . ” | The president then left ."},
		{"He asked: ‘Why?’ Nobody spoke.", "He asked : ‘ Why ? ’ | Nobody spoke ."},
		{"GENEVA, March 3 (Agency) — The talks ended.", "GENEVA , March 3 ( Agency ) — | The talks ended ."},
		{"Talks End\n\nThe talks ended", "Talks End | The talks ended"},
		{"They met at 5 p.m. on Monday. At 6 p.m. They left.", "They met at 5 p.m. on Monday . | At 6 p.m. | They left ."},
		{"They met on Jan. 5. It was cold.", "They met on Jan. 5 . | It was cold ."},
		{"Gen. J. Doe Jr. of St. Lucia met Sen. Roe.", "Gen. J. Doe Jr. of St. Lucia met Sen. Roe ."},
		{"It is plan B. The talks go on.", "It is plan B. | The talks go on ."},
		{"George W. Bush met John F. Kennedy Jr. in the U.S. Capitol.", "George W. Bush met John F. Kennedy Jr. in the U.S. Capitol ."},
		{"He fell ill. The talks went on.", "He fell ill . | The talks went on ."},
		{"1. Withdraw troops. 2. Free prisoners.", "1 . Withdraw troops . | 2 . Free prisoners ."},
		{"They left in 2015. Then it rained.", "They left in 2015 . | Then it rained ."},
		{"He paused ... and left. He waited... Nobody came.", "He paused ... and left . | He waited ... | Nobody came ."},
		{"(He left.) She stayed. (Reporting by Jane Doe; Editing by John Roe)", "( He left . ) | She stayed . | ( Reporting by Jane Doe ; Editing by John Roe )"},
		{"It works at Yahoo! and elsewhere.", "It works at Yahoo ! | and elsewhere ."},
		{"The pact (see Art. 5) holds. So does No. 242.", "The pact ( see Art. 5 ) holds . | So does No. 242 ."},
		{"He said no.He left.", "He said no . | He left ."},
		{"Was it true?! Nobody knew!!", "Was it true ?! | Nobody knew !!"},
		{"It fell by 3.5 percent.[12] It rose then.", "It fell by 3.5 percent . [ 12 ] | It rose then ."},
		{"He left . . . and came back.", "He left . . . and came back ."},
		{"They signed Resolution 242 vs. the wish of Doe & Co. in the end.", "They signed Resolution 242 vs. the wish of Doe & Co. in the end ."},
		{"THE U.S. AGREED. THE TALKS ENDED.", "THE U.S. AGREED . | THE TALKS ENDED ."},
		{"No stop here\n\nnor here", "No stop here | nor here"},
	} {
		if got := strings.Join(sentences(run(t, c.in)), " | "); got != c.want {
			t.Errorf("sentences of %q\n got %s\nwant %s", c.in, got, c.want)
		}
	}
}

func TestMaxSentence(t *testing.T) {
	for name, in := range map[string]string{
		"no marks": strings.Repeat("word ", 20_000),
		"commas":   strings.Repeat("one, two three ", 5_000),
		"clitics":  strings.Repeat("don't", 20_000),
		"marks":    strings.Repeat("''", 20_000),
	} {
		d := run(t, in)
		check(t, d)
		for _, s := range d.Sentences {
			if s.Len() > defaultMaxSentence {
				t.Errorf("%s: a sentence of %d tokens", name, s.Len())
			}
		}
	}
}

func TestMultiwordTokens(t *testing.T) {
	d := run(t, "They can't, wouldn't've and cannot see the workers' and Doe's plan.")
	var got []string
	for _, w := range d.Words {
		got = append(got, d.Slice(w))
	}
	if want := "can't wouldn't've cannot workers' Doe's"; strings.Join(got, " ") != want {
		t.Errorf("multiword tokens %q, want %q", got, want)
	}
}

// A document that has its tokens keeps them.
func TestRunKeepsTokens(t *testing.T) {
	d := run(t, "“We don't.” He left.")
	d.Quotes, d.Sentences = nil, []doc.Span{{Begin: 0, End: int32(d.Len())}}
	setSent(d)
	if err := New(Config{}).Run(context.Background(), d); err != nil {
		t.Fatal(err)
	}
	if len(d.Sentences) != 1 || len(d.Quotes) != 1 {
		t.Errorf("sentences %v, quotes %v", d.Sentences, d.Quotes)
	}
}

func TestRunStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := New(Config{}).Run(ctx, &doc.Document{Text: "One."}); err == nil {
		t.Error("Run with a cancelled context gives no error")
	}
}

// check tests what holds of every document.
func check(t *testing.T, d *doc.Document) {
	t.Helper()
	end := int32(0)
	for i, r := range d.Tokens.Bytes {
		if r.Begin < end || r.End <= r.Begin || int(r.End) > len(d.Text) {
			t.Fatalf("token %d is %v after %d in %d bytes", i, r, end, len(d.Text))
		}
		end = r.End
	}
	cover(t, "sentences", d.Sentences, d.Len())
	for i, s := range d.Sentences {
		if d.Tokens.Sent[s.Begin] != int32(i) || d.Tokens.Sent[s.End-1] != int32(i) {
			t.Fatalf("Sent of sentence %d is wrong", i)
		}
	}
	var spans []doc.Span
	for _, b := range d.Blocks {
		spans = append(spans, b.Span)
		if r := d.Bytes(b.Span); b.Kind == 0 || r.Begin < b.Bytes.Begin || r.End > b.Bytes.End {
			t.Fatalf("block %v holds tokens %v", b, r)
		}
	}
	cover(t, "blocks", spans, d.Len())
	last := int32(0)
	for _, w := range d.Words {
		if w.Begin < last || w.Len() < 2 || !d.SentenceOf(w.Begin).Covers(w) || strings.ContainsAny(d.Slice(w), " \n") {
			t.Fatalf("multiword token %v %q", w, d.Slice(w))
		}
		last = w.End
	}
	b := 0
	for k, q := range d.Quotes {
		for d.Blocks[b].Span.End <= q.Span.Begin {
			b++
		}
		if !d.Blocks[b].Span.Covers(q.Span) {
			t.Fatalf("quotation %v leaves block %v", q, d.Blocks[b])
		}
		for _, p := range d.Quotes[max(0, k-maxDepth):k] {
			if p.Span.Overlaps(q.Span) && !p.Span.Covers(q.Span) {
				t.Fatalf("quotations %v and %v overlap", p, q)
			}
		}
	}
	if l := d.Dateline; !l.Whole.Empty() && !l.Whole.Covers(l.Span) {
		t.Fatalf("dateline %v", l)
	}
}

func cover(t *testing.T, what string, spans []doc.Span, n int) {
	t.Helper()
	end := int32(0)
	for _, s := range spans {
		if s.Begin != end || s.Empty() {
			t.Fatalf("%s: %v after %d", what, s, end)
		}
		end = s.End
	}
	if int(end) != n {
		t.Fatalf("%s hold %d of %d tokens", what, end, n)
	}
}

func FuzzRun(f *testing.F) {
	for _, s := range []string{
		"GENEVA, March 3 (Agency) — “We don't,” he said.\n\n“We ‘never’ did.\n\n“No.”\n- one\n- two",
		"a@b.c http://x.y/(z)). U.S.-led '90s 35mm 1/2 713-853-3989 \xff\xfe \u200b\u2028\u2029 :-) #x @y +1 ...?!",
		"\"''``'’‘“”«»'s ('a' \"b' c\" 'd", "1. A. (b) [3] St. etc. No. 5 Jan.",
	} {
		f.Add(s)
	}
	g := New(Config{MaxSentence: 40})
	f.Fuzz(func(t *testing.T, s string) {
		d := &doc.Document{Text: s}
		if err := g.Run(context.Background(), d); err != nil {
			t.Fatal(err)
		}
		check(t, d)
	})
}

// Twice the text takes about twice the time, whatever it is made of; quadratic
// work on any of these would take minutes.
func TestHugeLines(t *testing.T) {
	if testing.Short() {
		t.Skip("lines of 2 MB")
	}
	for _, unit := range []string{"a", "word ", "don't", "1/", "1-", "a.Ab", "'", "\"a ", "http://a)", "(", "a@", "U.S.", "é", "[1]", ". [1]", "x'", " 's' "} {
		d := run(t, strings.Repeat(unit, 2<<20/len(unit)))
		if d.Len() == 0 {
			t.Errorf("%q: no tokens", unit)
		}
	}
}

const news = `Ministers meet in Geneva for a third round of talks

GENEVA, March 3 (Agency) — The foreign ministers of both countries met for almost three hours on Monday, the U.S. envoy said, and won't meet again before the spring.

"We don't agree on everything," said Gen. Jane Doe, who led the 12-member delegation. "But we agree on the prisoners' release, and that's a long-term goal."

About $5.5 million, or 10% of the aid, has arrived since 1995; the rest — mostly grain — is due by Jan. 15, officials at No. 10 said.
`

func BenchmarkRun(b *testing.B) {
	text := strings.Repeat(news+"\n", 50)
	g := New(Config{})
	n := 0
	b.ReportAllocs()
	for b.Loop() {
		d := &doc.Document{Text: text}
		if err := g.Run(context.Background(), d); err != nil {
			b.Fatal(err)
		}
		n = d.Len()
	}
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
}
