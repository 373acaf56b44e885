package text

import (
	"slices"
	"strings"
	"testing"
)

// TestAbbreviations runs the example of every row, and for each kind what it
// must and must not do in other places.
func TestAbbreviations(t *testing.T) {
	for _, r := range rows("abbreviations", 3) {
		form, kind, example := r[0], abbrKinds[r[1]], r[2]
		cases := []struct {
			in   string
			keep bool // the form has its stop
			ends int  // sentences
		}{{example, true, 1}}
		if kind == abbrEnd {
			cases[0].ends = 2
		}
		switch kind {
		case abbrTitle:
			cases = append(cases, c3("They met "+form+" Doe twice.", true, 1), c3("Said "+form+" Roe: no.", true, 1))
		case abbrMid:
			cases = append(cases, c3("It is two "+form+" three at most.", true, 1), c3("It was so ("+form+" yesterday) then.", true, 1))
		case abbrEnd:
			cases = append(cases, c3("The "+form+" officials left.", true, 1), c3("They saw the "+form+", as it was.", true, 1))
		case abbrNumber:
			cases = append(cases, c3("It is "+form+" 12 of them.", true, 1), c3("It was the "+strings.TrimSuffix(form, ".")+". They left.", false, 2))
		case abbrTail:
			cases = append(cases, c3("They saw it, "+form+", and left.", true, 1), c3("They saw the "+form+" They left.", false, 2))
		case abbrMonth:
			cases = append(cases, c3("They left on "+form+" 12, it seems.", true, 1), c3("They left in "+form+" They stayed away.", false, 2))
		}
		for _, c := range cases {
			d := run(t, c.in)
			got := sentences(d)
			if keep := slices.Contains(Forms(c.in), form); keep != c.keep || len(got) != c.ends {
				t.Errorf("%s (%s): %q gives %q", form, r[1], c.in, got)
			}
		}
	}
}

func c3(in string, keep bool, ends int) struct {
	in   string
	keep bool
	ends int
} {
	return struct {
		in   string
		keep bool
		ends int
	}{in, keep, ends}
}

func TestContractions(t *testing.T) {
	for _, r := range rows("contractions", 3) {
		for _, in := range []string{r[2], strings.ToUpper(r[2]), "So " + r[0] + ", or " + r[0] + "."} {
			d := run(t, in)
			if len(d.Words) == 0 || !strings.Contains(strings.ToLower(strings.Join(Forms(in), " ")), r[1]) {
				t.Errorf("%s: %q gives %q", r[0], in, Forms(in))
			}
		}
	}
}

func TestWords(t *testing.T) {
	for _, r := range rows("words", 3) {
		form, kind := r[0], r[1]
		var whole []string // texts and, below, what must be a token of each
		want := form
		switch kind {
		case "prefix":
			want = form + "-test"
			whole = []string{want + " it", "the " + want + ".", "(" + want + ")"}
		case "unit":
			whole = []string{"5" + form + " of it", "in 12" + form, "1.5" + form + ", or so"}
		case "emoticon":
			whole = []string{"Good " + form, "Good " + form + " and so", "Good " + form + "\n\nNext."}
		case "leading":
			want = "'" + form
			whole = []string{want + " it is", "of " + want + " now"}
		case "reporting":
			for _, in := range []string{"“Go!” Doe " + form + ".", "\"Will you?\" Foreign Minister Jane Doe " + form + " again."} {
				if got := sentences(run(t, in)); len(got) != 1 {
					t.Errorf("%s: %q gives %q", form, in, got)
				}
			}
		case "starter":
			first := strings.ToUpper(form[:1]) + form[1:]
			for _, in := range []string{"He saw the U.S. " + first + " was said then.", "He was at Doe Inc. " + first + " was said."} {
				if got := sentences(run(t, in)); len(got) != 2 {
					t.Errorf("%s: %q gives %q", form, in, got)
				}
			}
		case "agency":
			if d := run(t, "Geneva ("+form+") — The talks ended."); d.Dateline.Place != "Geneva" {
				t.Errorf("%s: no dateline", form)
			}
		case "caption":
			if d := run(t, "One came.\n\n"+form+" two leaders"); d.Blocks[1].Kind.String() != "caption" {
				t.Errorf("%s: no caption", form)
			}
		default:
			t.Errorf("words.tsv: kind %q", kind)
		}
		for _, in := range whole {
			if !slices.Contains(Forms(in), want) {
				t.Errorf("%s %s: %q gives %q", kind, form, in, Forms(in))
			}
		}
	}
}
