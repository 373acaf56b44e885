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
		{"GENEVA, March 3 (Agency) — The talks ended.", "GENEVA , March 3 ( Agency ) — | The talks ended ."},
		{"Talks End\n\nThe talks ended", "Talks End | The talks ended"},
	} {
		if got := strings.Join(sentences(run(t, c.in)), " | "); got != c.want {
			t.Errorf("sentences of %q\n got %s\nwant %s", c.in, got, c.want)
		}
	}
}
