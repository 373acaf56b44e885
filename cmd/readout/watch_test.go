package main

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestFeedList(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"# mine\nhttps://a.example/rss\n\n https://b.example/rss # the other\n", "https://a.example/rss https://b.example/rss"},
		{`<?xml version="1.0"?><opml version="2.0"><body><outline text="World"><outline type="rss" xmlUrl="https://a.example/rss"/></outline></body></opml>`, "https://a.example/rss"},
		{"", ""},
	} {
		got, err := feedList([]byte(c.in))
		if err != nil || strings.Join(got, " ") != c.want {
			t.Errorf("feedList(%q) = %v, %v, want %s", c.in, got, err, c.want)
		}
	}
	if got, err := feedList([]byte("<opml><body>")); err == nil {
		t.Errorf("broken OPML: %v", got)
	}
}

func FuzzFeedList(f *testing.F) {
	f.Add([]byte("https://a.example/rss"))
	f.Add([]byte(`<opml><outline xmlUrl="x"/></opml>`))
	f.Fuzz(func(t *testing.T, b []byte) {
		if got, err := feedList(b); err == nil && slices.ContainsFunc(got, func(s string) bool { return strings.Contains(s, "\n") && !bytes.Contains(b, []byte("<")) }) {
			t.Errorf("%q", got)
		}
	})
}

// A feed that is watched twice, with one that is not there, and its status.
func TestWatch(t *testing.T) {
	text := strings.Repeat("The foreign ministers of Norway and Chile met in Geneva on Monday and agreed to meet again in June. ", 6)
	var agent string
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/feed" {
			http.NotFound(w, r)
			return
		}
		agent = r.UserAgent()
		fmt.Fprintf(w, `{"version":"https://jsonfeed.org/version/1.1","title":"Courier","items":[{"id":"1","url":"https://courier.example/a","title":"Ministers meet","date_published":"2024-05-08T10:00:00Z","content_text":%q}]}`, text)
	}))
	defer s.Close()
	db := filepath.Join(t.TempDir(), "t.db")
	cmd := func(args ...string) (int, string) {
		var out bytes.Buffer
		code := run(t.Context(), append(args, "--db", db), strings.NewReader(""), &out, &out)
		return code, out.String()
	}
	feeds := filepath.Join(filepath.Dir(db), "feeds.txt")
	if err := os.WriteFile(feeds, []byte(s.URL+"/feed\n"+s.URL+"/gone\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args []string
		code int
		want []string
	}{
		{[]string{"watch"}, 2, []string{"no feeds"}},
		{[]string{"watch", "feed.xml"}, 2, []string{`"feed.xml" is no address`}},
		{[]string{"watch", "--status"}, 1, []string{"no feeds have been watched"}},
		{[]string{"watch", "--once", s.URL + "/feed"}, 1, []string{"it leads into a private network"}},
		{[]string{"watch", "--once", "--allow-private", "--watch-dir", db + ".2", "--feeds", feeds}, 1, []string{"Courier: 1 added", "404 Not Found", "2 of 2 feeds asked, 1 unreachable", "1 article added"}},
		{[]string{"watch", "--once", "--allow-private", "--watch-dir", db + ".2", "--feeds", feeds}, 0, []string{"0 of 2 feeds asked", "0 articles added"}},
		{[]string{"watch", "--status", "--watch-dir", db + ".2"}, 0, []string{"1 of 2 feeds unreachable since 2", "Courier\n", "1 article"}},
		{[]string{"watch", "--status", "--watch-dir", db + ".2", "--format", "json"}, 0, []string{`"unreachable_since":"2`}},
		{[]string{"search", "Norway"}, 0, []string{"Courier"}},
	} {
		code, out := cmd(c.args...)
		for _, w := range c.want {
			if code != c.code || !strings.Contains(out, w) {
				t.Errorf("%v: exit %d, want %d with %q:\n%s", c.args, code, c.code, w, out)
			}
		}
	}
	if !strings.HasPrefix(agent, "readout/") {
		t.Errorf("the server was told %q", agent)
	}
}
