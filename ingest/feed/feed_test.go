package feed

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

var long = strings.Repeat("The two ministers met in the capital on Monday and said that the talks had been useful. ", 8)

var rssFeed = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Courier &amp; Post: World</title><link>https://courier.example/</link><ttl>30</ttl>
<item><title>Ministers meet &amp;amp; part</title><link>/world/meet?utm_source=rss</link><guid isPermaLink="false">c-17</guid>
<dc:creator>Ann Other</dc:creator><pubDate>Tue, 19 Aug 2025 18:42:07 -0400</pubDate>
<description>Short.</description><content:encoded><![CDATA[<p>` + long + `</p><p>They will meet again.</p>]]></content:encoded></item>
<item><title>Talks put off</title><link>https://courier.example/world/off</link><pubDate>Wed, 20 Aug 2025 08:00:00 GMT</pubDate>
<description>The talks were put off […]</description><source url="https://wire.example/rss">Continental Wire</source></item>
<item><title>Cut off</title><link>https://courier.example/world/cut</link><description></description><content:encoded><![CDATA[<p>` + long + `</p> <a href="x">Read more</a>]]></content:encoded></item>
</channel></rss>`

func TestParse(t *testing.T) {
	f, err := Parse([]byte(rssFeed), "https://courier.example/rss")
	if err != nil {
		t.Fatal(err)
	}
	if f.Title != "Courier & Post: World" || f.Every != 30*time.Minute || len(f.Items) != 3 {
		t.Fatalf("got %+v", f)
	}
	for i, want := range []string{
		"c-17 https://courier.example/world/meet?utm_source=rss | Ministers meet & part | Ann Other | Courier & Post: World | 2025-08-19T22:42:07Z | true",
		"https://courier.example/world/off https://courier.example/world/off | Talks put off |  | Continental Wire | 2025-08-20T08:00:00Z | false",
		"https://courier.example/world/cut https://courier.example/world/cut | Cut off |  | Courier & Post: World | 0001-01-01T00:00:00Z | false",
	} {
		it := f.Items[i]
		if got := fmt.Sprintf("%s %s | %s | %s | %s | %s | %v", it.ID, it.URL, it.Title, it.Byline, it.Outlet, it.Published.Format(time.RFC3339), it.Whole); got != want {
			t.Errorf("got %s\nwant %s", got, want)
		}
	}
	if !strings.HasSuffix(f.Items[0].Text, "useful.\n\nThey will meet again.") {
		t.Errorf("text %q", f.Items[0].Text)
	}
}

func TestParseFormats(t *testing.T) {
	for name, s := range map[string]string{
		"Atom":    `<feed xmlns="http://www.w3.org/2005/Atom"><title>Courier</title><entry><id>tag:a</id><title>Talks</title><link href="https://courier.example/a"/><published>2025-08-19T20:00:00+02:00</published><updated>2025-08-19T21:00:00+02:00</updated><author><name>Ann Other</name></author><content type="html">&lt;p&gt;` + long + `&lt;/p&gt;</content></entry></feed>`,
		"JSON":    `{"version":"https://jsonfeed.org/version/1.1","title":"Courier","items":[{"id":"tag:a","url":"https://courier.example/a","title":"Talks","date_published":"2025-08-19T20:00:00+02:00","date_modified":"2025-08-19T21:00:00+02:00","authors":[{"name":"Ann Other"}],"content_html":"<p>` + long + `</p>"}]}`,
		"a BOM":   "\uFEFF\n" + `<rss version="2.0"><channel><title>Courier</title><item><guid>tag:a</guid><title>Talks</title><link>https://courier.example/a</link><author>Ann Other</author><pubDate>Tue, 19 Aug 2025 18:00:00 +0000</pubDate><description>` + long + long + long + `</description></item></channel></rss>`,
		"RSS 1.0": `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>Courier</title></channel><item rdf:about="tag:a"><title>Talks</title><link>https://courier.example/a</link><dc:date>2025-08-19T18:00:00Z</dc:date><dc:creator>Ann Other</dc:creator><description>` + long + long + long + `</description></item></rdf:RDF>`,
	} {
		f, err := Parse([]byte(s), "")
		if err != nil || len(f.Items) != 1 {
			t.Errorf("%s: %+v, %v", name, f, err)
			continue
		}
		it := f.Items[0]
		if it.URL != "https://courier.example/a" || it.Title != "Talks" || it.Byline != "Ann Other" || it.Outlet != "Courier" || !it.Whole ||
			!it.Published.Equal(time.Date(2025, 8, 19, 18, 0, 0, 0, time.UTC)) {
			t.Errorf("%s: %+v", name, it)
		}
		if !Is([]byte(s)) {
			t.Errorf("%s is not seen to be a feed", name)
		}
	}
}

func TestParseErrors(t *testing.T) {
	for _, s := range []string{"", "plain text", "<html><body>x</body></html>", `<?xml version="1.0"?><config><a/></config>`, `{"text": "x"}`, "<rss><channel><item>"} {
		f, err := Parse([]byte(s), "")
		if f != nil && len(f.Items) > 0 || err != nil && !errors.Is(err, ErrFormat) {
			t.Errorf("Parse(%q) = %+v, %v", s, f, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(rssFeed), "https://courier.example/rss")
	f.Add([]byte(`{"version":"https://jsonfeed.org/version/1.1","items":[{"id":1},null]}`), "")
	f.Add([]byte(`<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="a"/></entry></feed>`), "http://x/")
	f.Fuzz(func(t *testing.T, b []byte, address string) {
		fd, err := Parse(b, address)
		if err != nil {
			if fd != nil || !errors.Is(err, ErrFormat) {
				t.Errorf("%v, %v", fd, err)
			}
			return
		}
		for _, it := range fd.Items {
			if it.ID == "" || it.URL != "" && !strings.HasPrefix(it.URL, "http") || it.Whole && it.Text == "" {
				t.Errorf("item %+v", it)
			}
		}
	})
}

func BenchmarkParse(b *testing.B) {
	n := 0
	for b.Loop() {
		f, err := Parse([]byte(rssFeed), "https://courier.example/rss")
		if err != nil {
			b.Fatal(err)
		}
		n += len(f.Items)
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "items/s")
}
