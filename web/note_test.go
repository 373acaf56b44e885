package web_test

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"readout/note"
	"readout/record"
	"readout/web"
)

func TestNote(t *testing.T) {
	c := config(t)
	l, err := record.Open(context.Background(), record.Config{Store: record.NewMemory(), Now: func() time.Time { return at }})
	if err != nil {
		t.Fatal(err)
	}
	c.Ledger, c.By = l, "ana"
	c.Notes = &web.Notes{Shapes: note.Shapes, Enter: func(ctx context.Context, n *web.Note) (*web.Noted, error) {
		if n.Entries != "" {
			return nil, errors.New("entry in line 1: no kind")
		}
		a := &record.Article{Text: n.Text, Outlet: "note:" + n.By, Byline: n.By, Published: n.Published}
		r, err := c.Read(ctx, a)
		return &web.Noted{Article: a, Reading: r, Lines: note.Lines(r)}, err
	}}
	h := web.New(c)
	if b := get(t, h, "/note").Body.String(); !strings.Contains(b, "<code>waits: ") {
		t.Errorf("no shapes: %.900s", b)
	}
	form := url.Values{"text": {"President Macron called President Putin on Friday."}, "published": {"2022-11-20"}, "do": {"look"}}
	if w := submit(t, h, "/note", form); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "event: call") || !strings.Contains(w.Body.String(), "Keep it") {
		t.Fatalf("%d: %s", w.Code, w.Body)
	}
	if v := view[record.Timeline](t, h, "/timeline.json"); len(v.Events) != 0 {
		t.Fatalf("kept before it was to be: %+v", v.Events)
	}
	form.Set("do", "keep")
	w := submit(t, h, "/note", form)
	if w.Code != http.StatusSeeOther || !strings.HasPrefix(w.Header().Get("Location"), "/article/v") {
		t.Fatalf("%d: %s", w.Code, w.Body)
	}
	if v := view[record.ArticleView](t, h, w.Header().Get("Location")+".json"); v.Byline != "ana" || len(v.Events) != 1 {
		t.Errorf("by %q, %d events", v.Byline, len(v.Events))
	}
	for _, c := range []struct {
		name, value string
		want        int
	}{{"entries", "event", http.StatusUnprocessableEntity}, {"text", " ", http.StatusBadRequest}, {"published", "soon", http.StatusBadRequest}, {"tlp", "pink", http.StatusBadRequest}} {
		f := url.Values{"text": {"President Macron called."}, "do": {"keep"}}
		f.Set(c.name, c.value)
		if w := submit(t, h, "/note", f); w.Code != c.want || !strings.Contains(w.Body.String(), `role="alert"`) {
			t.Errorf("%s=%q: %d, want %d", c.name, c.value, w.Code, c.want)
		}
	}
}
