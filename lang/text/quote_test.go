package text

import (
	"fmt"
	"strings"
	"testing"

	"readout/doc"
)

// quotes shows the quotations of d: depth, text, and what is special of them.
func quotes(d *doc.Document) []string {
	out := []string{}
	for _, q := range d.Quotes {
		s := fmt.Sprintf("%d %s", q.Depth, strings.Join(strings.Fields(d.Slice(q.Span)), " "))
		if q.Open {
			s += " OPEN"
		}
		if q.Continues {
			s += " CONTINUES"
		}
		out = append(out, s)
	}
	return out
}

func TestQuotes(t *testing.T) {
	for _, c := range []struct {
		name, in string
		want     []string
	}{
		{"none", "He said nothing.", nil},
		{"curly", "“We agree,” he said. “All of it.”", []string{"0 “We agree,”", "0 “All of it.”"}},
		{"straight", `"We agree," he said. "All of it."`, []string{`0 "We agree,"`, `0 "All of it."`}},
		{"doubled apostrophes", "''We agree,'' he said.", []string{"0 ''We agree,''"}},
		{"doubled apostrophes after s", "''We see the ministers'' in ''genius'' here.", []string{"0 ''We see the ministers''", "0 ''genius''"}},
		{"guillemets", "«We agree», he said.", []string{"0 «We agree»"}},
		{"Latex", "``We agree,'' he said.", []string{"0 ``We agree,''"}},
		{"single straight", "'We don't agree,' he said of the ministers' plan.", []string{"0 'We don't agree,'"}},
		{"single curly", "‘We don’t agree,’ he said.", []string{"0 ‘We don’t agree,’"}},
		{"single with a possessive inside", "'The ministers' plan is good,' he said.", []string{"0 'The ministers' plan is good,'"}},
		{"nested", "“He told me ‘never’ and left,” she said.", []string{"0 “He told me ‘never’ and left,”", "1 ‘never’"}},
		{"nested straight", `"He told me 'never' and left," she said.`, []string{`0 "He told me 'never' and left,"`, "1 'never'"}},
		{"nested, closing together", `"He told me 'never,'" she said.`, []string{`0 "He told me 'never,'"`, "1 'never,'"}},
		{"apostrophes only", "The '90s weren't the workers' years, John's or James'.", nil},
		{"scare quotes in brackets", `The plan ("the map") was out.`, []string{`0 "the map"`}},
		{"over paragraphs", "“We agree.\n\n“We sign.\n\n“We go,” he said.\n\n“New.”",
			[]string{"0 “We agree. OPEN", "0 “We sign. OPEN CONTINUES", "0 “We go,” CONTINUES", "0 “New.”"}},
		{"over paragraphs, straight", "He said: \"We agree.\n\n\"We sign.\" He left.",
			[]string{`0 "We agree. OPEN`, `0 "We sign." CONTINUES`}},
		{"unclosed stays in its sentence", "He said “we agree. They left. It rained.\n\nThe end came.", []string{"0 “we agree. OPEN"}},
		{"unopened is none", "He said we agree.” They left.", nil},
		{"curly mixed with straight", "“We agree,\" he said.", []string{"0 “We agree,\""}},
		{"closing mark at both ends", "”We agree,” he said.", []string{"0 ”We agree,”"}},
		{"spaced marks", `" We agree , " he said .`, []string{`0 " We agree , "`}},
	} {
		d := run(t, c.in)
		if got := quotes(d); strings.Join(got, "\n") != strings.Join(c.want, "\n") || d.Quotes == nil {
			t.Errorf("%s: quotes of %q\n got %q\nwant %q", c.name, c.in, got, c.want)
		}
	}
}
