package text

import (
	"strings"
	"testing"

	"readout/doc"
)

func blocks(d *doc.Document) []string {
	var out []string
	for _, b := range d.Blocks {
		out = append(out, b.Kind.String()+" "+strings.Join(strings.Fields(d.Slice(b.Span)), " "))
	}
	return out
}

func TestBlocks(t *testing.T) {
	long := "The ministers met for the third time this year and spoke of prisoners, of grain and of the border, officials from both sides said."
	for _, c := range []struct {
		name, in string
		want     []string
	}{
		{"empty", "", nil},
		{"white space only", " \n\t\r\n\u00a0\u200b", nil},
		{"blank lines", "One came.\n\nTwo left.\n \nThree stayed.", []string{"paragraph One came.", "paragraph Two left.", "paragraph Three stayed."}},
		{"CRLF", "One came.\r\n\r\nTwo left.", []string{"paragraph One came.", "paragraph Two left."}},
		{"headline", "Ministers meet in Geneva\n\nThey spoke for an hour.", []string{"heading Ministers meet in Geneva", "paragraph They spoke for an hour."}},
		{"question as a headline", "Will the truce hold?\n\nThey spoke for an hour.", []string{"heading Will the truce hold?", "paragraph They spoke for an hour."}},
		{"title in the middle", "They spoke for an hour.\n\nWhat Comes Next\n\nNobody knows.", []string{"paragraph They spoke for an hour.", "heading What Comes Next", "paragraph Nobody knows."}},
		{"one line alone is no headline", "The minister arrived in Geneva", []string{"paragraph The minister arrived in Geneva"}},
		{"one paragraph a line", long + "\n" + long + "\nShort one.", []string{"paragraph " + long, "paragraph " + long, "paragraph Short one."}},
		{"wrapped lines", "The ministers met for the third time\nthis year and spoke of prisoners, of\ngrain. The border was not on the list\nof topics.\nThey will meet again in the spring of\nnext year.",
			[]string{"paragraph The ministers met for the third time this year and spoke of prisoners, of grain. The border was not on the list of topics.", "paragraph They will meet again in the spring of next year."}},
		{"indented paragraphs", "  The ministers met for the third time.\nIt was their last meeting in this town.\n  They will meet again in the spring of it.", []string{"paragraph The ministers met for the third time. It was their last meeting in this town.", "paragraph They will meet again in the spring of it."}},
		{"list", "They agreed on three things:\n- a truce\n- an exchange of\n  prisoners\n2. a meeting", []string{"paragraph They agreed on three things:", "list - a truce", "list - an exchange of prisoners", "list 2. a meeting"}},
		{"caption", "They spoke.\n\nFILE PHOTO: The two leaders in 2019.", []string{"paragraph They spoke.", "caption FILE PHOTO: The two leaders in 2019."}},
		{"Unicode line breaks", "One came.\u2029Two left.\fThree stayed.", []string{"paragraph One came.", "paragraph Two left.", "paragraph Three stayed."}},
		{"headline above its text without a blank line", "Ministers Meet Again\n" + long, []string{"heading Ministers Meet Again", "paragraph " + long}},
		{"NUL and control characters", "One\x00 came.\x01\n\nTwo left.", []string{"paragraph One\x00 came.", "paragraph Two left."}},
	} {
		if got := blocks(run(t, c.in)); strings.Join(got, "\n") != strings.Join(c.want, "\n") {
			t.Errorf("%s: blocks of %q\n got %q\nwant %q", c.name, c.in, got, c.want)
		}
	}
}

func TestDateline(t *testing.T) {
	for _, c := range []struct{ in, place, whole string }{
		{"GENEVA, March 3 (Agency) — The talks ended.", "GENEVA", "GENEVA, March 3 (Agency) —"},
		{"WASHINGTON/MOSCOW - The talks ended.", "WASHINGTON/MOSCOW", "WASHINGTON/MOSCOW -"},
		{"UNITED NATIONS (AP) -- The talks ended.", "UNITED NATIONS", "UNITED NATIONS (AP) --"},
		{"Geneva (AP) – The talks ended.", "Geneva", "Geneva (AP) –"},
		{"ST. PETERSBURG, Russia — The talks ended.", "ST. PETERSBURG", "ST. PETERSBURG, Russia —"},
		{"BAKU/YEREVAN, Nov. 9, 2020 (AFP) —The talks ended.", "BAKU/YEREVAN", "BAKU/YEREVAN, Nov. 9, 2020 (AFP) —"},
		{"PORT-AU-PRINCE: The talks ended.", "PORT-AU-PRINCE", "PORT-AU-PRINCE:"},
		{"Talks End\n\nBy Jane Doe\n\nGENEVA — The talks ended.", "GENEVA", "GENEVA —"},
		{"Jane Doe — the minister — left.", "", ""},
		{"NATO said it was ready - and it was.", "", ""},
		{"The talks ended.", "", ""},
		{"UN: no.", "", ""},
		{"GENEVA.", "", ""},
		{"", "", ""},
	} {
		d := run(t, c.in)
		if d.Dateline.Place != c.place || d.Slice(d.Dateline.Whole) != c.whole {
			t.Errorf("dateline of %q = %q, %q; want %q, %q", c.in, d.Dateline.Place, d.Slice(d.Dateline.Whole), c.place, c.whole)
		}
		if c.whole != "" && d.SentenceOf(d.Dateline.Span.Begin) != d.Dateline.Whole {
			t.Errorf("dateline of %q is no sentence of its own", c.in)
		}
	}
}
