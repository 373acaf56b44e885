package web_test

import (
	"encoding/xml"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// TestFeed holds the feed to what RFC 4287 asks of one, and every entry to an
// event that is there.
func TestFeed(t *testing.T) {
	h := serverOf(t)
	w := get(t, h, "/changes.atom?since=2022-10-20")
	if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "application/atom+xml" {
		t.Fatalf("%d %s", w.Code, w.Header().Get("Content-Type"))
	}
	type link struct {
		Rel  string `xml:"rel,attr"`
		Href string `xml:"href,attr"`
	}
	var f struct {
		XMLName            xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
		ID, Title, Updated []string
		Links              []link `xml:"link"`
		Author             []struct{ Name string }
		Entries            []struct {
			ID, Title, Updated, Summary []string
			Links                       []link `xml:"link"`
		} `xml:"entry"`
	}
	lower := strings.NewReplacer("id>", "ID>", "title>", "Title>", "updated>", "Updated>", "summary>", "Summary>", "author>", "Author>", "name>", "Name>").Replace(w.Body.String())
	if err := xml.Unmarshal([]byte(lower), &f); err != nil {
		t.Fatal(err)
	}
	if len(f.ID) != 1 || len(f.Title) != 1 || len(f.Updated) != 1 || len(f.Author) != 1 || f.Author[0].Name == "" || len(f.Entries) < 10 {
		t.Fatalf("the feed has ids %v, titles %v, updated %v, authors %v, %d entries", f.ID, f.Title, f.Updated, f.Author, len(f.Entries))
	}
	seen := map[string]bool{}
	for _, e := range f.Entries {
		if len(e.ID) != 1 || len(e.Title) != 1 || len(e.Updated) != 1 || len(e.Summary) != 1 || len(e.Links) != 1 || seen[e.ID[0]] {
			t.Fatalf("entry %+v", e)
		}
		seen[e.ID[0]] = true
		at, err := time.Parse(time.RFC3339, e.Updated[0])
		if err != nil || e.Updated[0] > f.Updated[0] {
			t.Errorf("entry %s of %s, the feed of %s: %v", e.ID[0], at, f.Updated[0], err)
		}
		u, err := url.Parse(e.Links[0].Href)
		if err != nil || !u.IsAbs() {
			t.Fatalf("link %q: %v", e.Links[0].Href, err)
		}
		if w := get(t, h, u.RequestURI()); w.Code != http.StatusOK {
			t.Errorf("%s: %d", u, w.Code)
		}
	}
}
