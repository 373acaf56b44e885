package warc

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"
)

const html = "<html><body><p>The two ministers met in Geneva.</p></body></html>"

func pack(s string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	io.WriteString(z, s)
	z.Close()
	return b.String()
}

func rec(kind, uri, media, block string) string {
	return fmt.Sprintf("WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nWARC-Date: 2025-08-19T10:00:00Z\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", kind, uri, media, len(block), block)
}

func response(uri, head, body string) string {
	return rec("response", uri, "application/http; msgtype=response", "HTTP/1.1 200 OK\r\n"+head+"\r\n\r\n"+body)
}

// archive has every kind of record.
func archive() []string {
	chunked := fmt.Sprintf("%x\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n", 10, html[:10], len(html)-10, html[10:])
	return []string{
		rec("warcinfo", "", "application/warc-fields", "software: crawler\r\n"),
		rec("request", "https://courier.example/a", "application/http; msgtype=request", "GET /a HTTP/1.1\r\n\r\n"),
		response("https://courier.example/a", fmt.Sprintf("Content-Type: text/html; charset=utf-8\r\nContent-Length: %d", len(html)), html),
		response("<https://courier.example/b>", "Content-Type: text/html\r\nTransfer-Encoding: chunked", chunked),
		response("https://courier.example/c", "Content-Type: text/html\r\nContent-Encoding: gzip", pack(html)),
		response("https://courier.example/d", "Content-Type: text/html\r\nTransfer-Encoding: chunked", html), // decoded already
		response("https://courier.example/e.png", "Content-Type: image/png", "\x89PNG"),
		rec("response", "https://courier.example/f", "application/http; msgtype=response", "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n"+html),
		rec("resource", "https://courier.example/g", "text/html", html),
		response("https://courier.example/h", "Content-Type: text/html\r\nContent-Encoding: br", "xx"),
		rec("revisit", "https://courier.example/a", "application/http; msgtype=response", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"),
	}
}

func TestReader(t *testing.T) {
	plain := strings.Join(archive(), "")
	members := ""
	for _, r := range archive() {
		members += pack(r)
	}
	for name, s := range map[string]string{"plain": plain, "a member a record": members, "one member": pack(plain)} {
		r, err := NewReader(strings.NewReader(s), Config{})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var got []string
		for {
			p, err := r.Next()
			if err == io.EOF {
				break
			}
			if p == nil {
				t.Fatalf("%s: %v", name, err)
			}
			line := strings.TrimPrefix(p.URL, "https://courier.example/")
			switch {
			case err != nil:
				line += " " + err.Error()
			case string(p.Body) != html:
				line += fmt.Sprintf(" body %q", p.Body)
			}
			if !p.Fetched.Equal(time.Date(2025, 8, 19, 10, 0, 0, 0, time.UTC)) {
				line += " " + p.Fetched.String()
			}
			got = append(got, line)
		}
		if want := `a|b|c|d|g|h the page's encoding cannot be read: "br"`; strings.Join(got, "|") != want || r.Records() != 11 || r.Skipped() != 5 {
			t.Errorf("%s: got %s, %d records, %d skipped, want %s", name, strings.Join(got, "|"), r.Records(), r.Skipped(), want)
		}
	}
}

func TestReaderErrors(t *testing.T) {
	big := response("https://courier.example/big", "Content-Type: text/html", strings.Repeat("x", 3000))
	inner := response("https://courier.example/bomb", "Content-Type: text/html\r\nContent-Encoding: gzip", pack(strings.Repeat("x", 100_000)))
	for _, c := range []struct {
		name, in string
		want     error
		on       string // the address of the page after it
	}{
		{"no archive", "<html>", ErrFormat, ""}, {"nothing", "", ErrFormat, ""}, {"gzip of something else", pack("words"), ErrFormat, ""},
		{"broken gzip", "\x1f\x8b\x08", ErrFormat, ""},
		{"breaks off in the header", "WARC/1.0\r\nWARC-Type: resp", ErrFormat, ""},
		{"breaks off in a block", archive()[2][:len(archive()[2])-30], ErrFormat, ""},
		{"breaks off in gzip", pack(big)[:60], ErrFormat, ""},
		{"no length", "WARC/1.0\r\nWARC-Type: response\r\n\r\n", ErrFormat, ""},
		{"a length below 0", "WARC/1.0\r\nContent-Length: -5\r\n\r\n", ErrFormat, ""},
		{"something between records", archive()[2] + "words\r\n", ErrFormat, ""},
		{"a long header", "WARC/1.0\r\nX: " + strings.Repeat("x", maxLine) + "\r\n\r\n", ErrFormat, ""},
		{"many headers", "WARC/1.0\r\n" + strings.Repeat("X: y\r\n", maxLines+1) + "\r\n", ErrFormat, ""},
		{"a large page", big + archive()[2], ErrTooLarge, "https://courier.example/a"},
		{"a packed page that unpacks to much", inner + archive()[2], ErrTooLarge, "https://courier.example/a"},
	} {
		r, err := NewReader(strings.NewReader(c.in), Config{MaxBytes: 2000})
		for err == nil {
			_, err = r.Next()
		}
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
		if c.on != "" {
			if p, err := r.Next(); err != nil || p.URL != c.on {
				t.Errorf("%s: then %+v, %v", c.name, p, err)
			}
		}
	}
}

// zeros gives a record with a very long block of zeros.
func zeros(n int64) io.Reader {
	head := fmt.Sprintf("WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: video/mp4\r\nContent-Length: %d\r\n\r\n", n)
	pr, pw := io.Pipe()
	go func() {
		z := gzip.NewWriter(pw)
		io.WriteString(z, head)
		buf := make([]byte, 1<<20)
		for i := int64(0); i < n; i += int64(len(buf)) {
			if _, err := z.Write(buf); err != nil {
				return
			}
		}
		z.Close()
		pw.Close()
	}()
	return pr
}

func TestBomb(t *testing.T) {
	r, err := NewReader(zeros(256<<20), Config{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.Next(); err == nil {
		t.Error("a page in a bomb")
	} else if _, err = r.Next(); !errors.Is(err, ErrBomb) && !errors.Is(err, io.EOF) {
		t.Error(err)
	}
}

// pages gives an archive of n pages of 50 kB, packed as crawlers do when pack is
// not nil.
func many(n int) io.Reader {
	pr, pw := io.Pipe()
	go func() {
		defer pw.Close()
		for i := range n {
			body := fmt.Sprintf("<p>%d</p>%s", i, strings.Repeat("<p>The two ministers met in Geneva on Monday.</p>", 1000))
			if _, err := io.WriteString(pw, response(fmt.Sprintf("https://courier.example/%d", i), "Content-Type: text/html", body)); err != nil {
				return
			}
		}
	}()
	return pr
}

// A large archive takes no more memory than one of its pages.
func TestMemory(t *testing.T) {
	n := 2000 // 100 MB
	if testing.Short() {
		n = 200
	}
	r, err := NewReader(many(n), Config{})
	if err != nil {
		t.Fatal(err)
	}
	var most uint64
	for i := 0; ; i++ {
		_, err := r.Next()
		if err == io.EOF {
			if i != n {
				t.Errorf("%d pages, want %d", i, n)
			}
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if i%100 == 0 {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapInuse)
		}
	}
	t.Logf("%d MB in %d MB", n/20, most>>20)
	if most > 64<<20 {
		t.Errorf("it held %d MB", most>>20)
	}
}

func FuzzReader(f *testing.F) {
	f.Add([]byte(strings.Join(archive(), "")))
	f.Add([]byte(pack(archive()[2]) + pack(archive()[3])))
	f.Add([]byte("WARC/1.0\r\nContent-Length: 3\r\n\r\nabc"))
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := NewReader(bytes.NewReader(b), Config{MaxBytes: 1 << 16})
		if err != nil {
			if r != nil || !errors.Is(err, ErrFormat) {
				t.Errorf("%v, %v", r, err)
			}
			return
		}
		for range len(b) + 2 { // every record takes some bytes of plain archives
			p, err := r.Next()
			if err == nil && len(p.Body) > 1<<16 {
				t.Errorf("a body of %d bytes", len(p.Body))
			}
			if p == nil {
				return
			}
		}
		if r.packed == nil {
			t.Error("it does not end")
		}
	})
}

func BenchmarkReader(b *testing.B) {
	data, err := io.ReadAll(many(200))
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		r, err := NewReader(bytes.NewReader(data), Config{})
		if err != nil {
			b.Fatal(err)
		}
		for {
			if _, err := r.Next(); err == io.EOF {
				break
			} else if err != nil {
				b.Fatal(err)
			}
		}
	}
}
