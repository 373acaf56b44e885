package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"readout/web"
)

// TestFeeds: what is not reached is told on the pages where it matters, as it is
// now, however long the page itself has been made.
func TestFeeds(t *testing.T) {
	c := config(t)
	c.Now = func() time.Time { return at }
	var feeds []web.Feed
	c.Feeds = func() []web.Feed { return feeds }
	h := web.New(c)
	page := func(path string) string {
		w := get(t, h, path)
		if w.Code != http.StatusOK {
			t.Fatalf("%s: %d", path, w.Code)
		}
		return w.Body.String()
	}
	if strings.Contains(page("/"), "feed") && strings.Contains(page("/"), "reached") {
		t.Error("nothing is watched, and it is told")
	}
	feeds = []web.Feed{{Address: "https://a.example/rss", Asked: at.Add(-time.Minute)}, {Address: "https://b.example/rss", Title: "B <b>", Asked: at}}
	if got := page("/"); !strings.Contains(got, "2 feeds, all reached; last asked at") {
		t.Error("the first page does not tell that all feeds are reached")
	}
	feeds[1].Since, feeds[1].Reason = at.Add(-50*time.Minute), "it answers 503"
	want := "1 of 2 feeds unreachable since " + at.Add(-50*time.Minute).Format("15:04")
	for _, path := range []string{"/", "/outlets"} {
		got := page(path)
		if !strings.Contains(got, want) || !strings.Contains(got, "B &lt;b&gt;, since") || !strings.Contains(got, "it answers 503") {
			t.Errorf("%s does not tell %q", path, want)
		}
	}
}
