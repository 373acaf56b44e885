package actor

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"readout/conllu"
	"readout/doc"
	"readout/lang/text"
)

// speaking makes a document in which each name, a title before it or not,
// speaks in a sentence of its own.
func speaking(t *testing.T, names ...string) *doc.Document {
	t.Helper()
	var b strings.Builder
	for n, name := range names {
		words := strings.Fields(name)
		if n == 0 {
			b.WriteString("# newdoc id = variants\n")
		}
		fmt.Fprintf(&b, "# text = %s spoke.\n", name)
		first := 0
		for strings.HasSuffix(words[first], ".") || words[first] == "President" {
			first++
		}
		head := first + 1
		for i, w := range words {
			rel, h, ner := "flat", head, "NER=I-PER"
			switch {
			case i < first:
				rel, ner = "compound", "_"
			case i == first:
				rel, h, ner = "nsubj", len(words)+1, "NER=B-PER"
			}
			fmt.Fprintf(&b, "%d\t%s\t%s\tPROPN\tNNP\t_\t%d\t%s\t_\t%s\n", i+1, w, w, h, rel, ner)
		}
		fmt.Fprintf(&b, "%d\tspoke\tspeak\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No\n", len(words)+1)
		fmt.Fprintf(&b, "%d\t.\t.\tPUNCT\t.\t_\t%d\tpunct\t_\t_\n\n", len(words)+2, len(words)+1)
	}
	sentences, err := conllu.Read(strings.NewReader(b.String()), "variants")
	if err != nil {
		t.Fatal(err)
	}
	d, err := conllu.Annotated(sentences)
	if err != nil {
		t.Fatal(err)
	}
	text.Mark(d)
	d.Has |= doc.LayerNames
	d.Published = time.Date(2023, 3, 1, 0, 0, 0, 0, time.UTC)
	return d
}

// Spellings and orders of one name are one person; two of one surname are two.
func TestNameVariants(t *testing.T) {
	s := stage(t)
	for _, c := range []struct {
		people int
		names  []string
	}{
		{1, []string{"Volodymyr Zelensky", "Zelenskyy", "Zelenskiy", "Zelensky"}},
		{1, []string{"Volodymyr Zelenskyy", "Volodymyr Zelenskiy"}},
		{1, []string{"Vladimir Zelensky", "Volodymyr Zelenskyi"}},
		{1, []string{"Mohammed Darwazi", "Muhammad Darwazi", "Mohamed Darwazi"}},
		{1, []string{"Yusuf Mohammed", "Yousef Muhammad"}},
		{1, []string{"Muammar Gaddafi", "Moammar Qaddafi", "Gadhafi"}},
		{1, []string{"Sergei Dolgov", "Sergey Dolgov", "Dolgov"}},
		{1, []string{"Aleksandr Dolgov", "Alexander Dolgov"}},
		{1, []string{"Abdel Fattah al-Sisi", "Sisi", "El-Sisi"}},
		{1, []string{"Xi Jinping", "Xi", "Mr. Xi"}},
		{1, []string{"Kim Jong Un", "Kim Jong-un", "Kim"}},
		{1, []string{"Viktor Orban", "Orbán Viktor", "Orbán"}},
		{1, []string{"Zoltan Feherhegyi", "Fehérhegyi Zoltán", "Feherhegyi"}},
		{1, []string{"Moon Jae-in", "Jae-in Moon", "Moon"}},
		{1, []string{"Luo Weiming", "Weiming Luo"}},
		{1, []string{"Recep Tayyip Erdogan", "Erdoğan"}},
		{2, []string{"Bill Clinton", "Hillary Clinton"}},
		{2, []string{"Bill Clinton", "Hillary Clinton", "Mrs. Clinton", "Mr. Clinton"}},
		{2, []string{"Ilham Aliyev", "Heydar Aliyev"}},
		{2, []string{"Kim Jong Un", "Kim Yo Jong"}},
		{2, []string{"Jaroslaw Brandys", "Lech Brandys"}},
		{2, []string{"Ahmed Darwazi", "Muhammad Darwazi"}},
		{2, []string{"Xi Jinping", "Xi Zhongxun"}},
	} {
		d := speaking(t, c.names...)
		if err := s.Run(context.Background(), d); err != nil {
			t.Fatal(err)
		}
		var got []string
		for id, a := range d.Actors {
			if a.Kind == doc.KindPerson {
				got = append(got, line(d, doc.ActorID(id)))
			}
		}
		if len(got) != c.people {
			t.Errorf("%q are %d people, want %d:\n  %s", c.names, len(got), c.people, strings.Join(got, "\n  "))
		}
	}
}
