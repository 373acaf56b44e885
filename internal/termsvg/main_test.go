package main

import (
	"encoding/xml"
	"strings"
	"testing"
)

func TestDraw(t *testing.T) {
	in := "\x1b[1mTalks\x1b[0m \x1b[1mheld\x1b[0m: A & B\n\n  \x1b[1m\x1b[34mWhat\x1b[0m\ncut off\n"
	var b strings.Builder
	if err := draw(&b, strings.NewReader(in), `"A" <reading>`, 3); err != nil {
		t.Fatal(err)
	}
	if err := xml.Unmarshal([]byte(b.String()), new(struct{})); err != nil {
		t.Errorf("not XML: %v\n%s", err, b.String())
	}
	for _, want := range []string{
		`<tspan class="b">Talks held</tspan>: A &amp; B</text>`, `<tspan class="b l">What</tspan>`, "<title id=\"t\">&#34;A&#34; &lt;reading&gt;</title>", ">  …<",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("%s is missing in\n%s", want, b.String())
		}
	}
	if strings.Contains(b.String(), "cut off") {
		t.Error("more than three lines")
	}
}
