package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"readout/web"
)

func TestOutlets(t *testing.T) {
	h, _ := writable(t)
	v := view[web.Outlets](t, h, "/outlets.json")
	articles, first, copies, copied := 0, 0, 0, 0
	for _, o := range v.Outlets {
		articles, first, copies, copied = articles+o.Articles, first+o.First, copies+o.Copies, copied+o.Copied
		if o.Reliability != nil {
			t.Errorf("%s has a grade that nobody gave", o.Name)
		}
	}
	if articles == 0 || first+copies != articles || copies == 0 || copies != copied {
		t.Errorf("%d articles, %d first, %d copies, %d copied", articles, first, copies, copied)
	}
	e := known(t, h).event
	if b := get(t, h, "/event/"+e).Body.String(); strings.Contains(b, `class="grade"`) {
		t.Error("a grade that nobody gave")
	}
	for _, o := range v.Outlets {
		if w := submit(t, h, "/outlets", url.Values{"outlet": {o.Name}, "grade": {"B"}, "why": {"checked"}}); o.Name != "" && w.Code != http.StatusSeeOther {
			t.Fatalf("%s: %d: %s", o.Name, w.Code, w.Body)
		}
	}
	if b := get(t, h, "/event/"+e).Body.String(); !strings.Contains(b, `class="grade" title="Reliability of the outlet: B, usually reliable (ana)">B</abbr>`) {
		t.Error("the grade does not show beside the sources")
	}
	v = view[web.Outlets](t, h, "/outlets.json")
	if r := v.Outlets[0].Reliability; r == nil || r.Grade != "B" || r.By != "ana" || r.Why != "checked" {
		t.Errorf("%+v", v.Outlets[0])
	}
	name := v.Outlets[0].Name
	for _, c := range []struct {
		body string
		want int
	}{
		{`{"outlet":"` + name + `","grade":""}`, http.StatusCreated}, {`{"outlet":"` + name + `","grade":"G"}`, http.StatusBadRequest},
		{`{"outlet":"","grade":"A"}`, http.StatusBadRequest}, {`{"outlet":"x","grade":"A","by":"somebody else"}`, http.StatusBadRequest},
	} {
		if w := post(t, h, "/api/v1/outlets", c.body, "Content-Type", "application/json"); w.Code != c.want {
			t.Errorf("%s: %d, want %d: %s", c.body, w.Code, c.want, w.Body)
		}
	}
	if v := view[web.Outlets](t, h, "/outlets.json"); v.Outlets[0].Reliability != nil {
		t.Errorf("not taken back: %+v", v.Outlets[0])
	}
}
