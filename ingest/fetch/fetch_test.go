package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"
)

// clock goes on when it is waited for, and tells how long it was.
type clock struct {
	mu    sync.Mutex
	now   time.Time
	slept time.Duration
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) Wait(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if d > 0 {
		c.now, c.slept = c.now.Add(d), c.slept+d
	}
	return ctx.Err()
}

func client(t *testing.T, cfg Config) (*Client, *clock) {
	c := &clock{now: time.Date(2025, 8, 19, 9, 0, 0, 0, time.UTC)}
	cfg.Now, cfg.Wait = c.Now, c.Wait
	cl := New(cfg)
	t.Cleanup(cl.Close)
	return cl, c
}

func server(t *testing.T, routes map[string]http.HandlerFunc) *httptest.Server {
	mux := http.NewServeMux()
	for path, h := range routes {
		mux.HandleFunc(path, h)
	}
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s
}

func text(s string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, s) }
}

func TestGet(t *testing.T) {
	bomb := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		z.Write(bytes.Repeat([]byte("x"), 1<<20))
		z.Close()
	}
	s := server(t, map[string]http.HandlerFunc{
		"/a": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprint(w, r.UserAgent())
		},
		"/moved": func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/a", http.StatusMovedPermanently) },
		"/loop":  func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/loop", http.StatusFound) },
		"/file": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Location", "file:///etc/passwd")
			w.WriteHeader(302)
		},
		"/large": text(strings.Repeat("x", 2001)),
		"/bomb":  bomb,
		"/busy": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "120")
			w.WriteHeader(http.StatusServiceUnavailable)
		},
	})
	c, _ := client(t, Config{Agent: "readout/1.0", Networks: All, MaxBytes: 2000, MaxRedirects: 3})
	for _, p := range []string{"/a", "/moved"} {
		res, err := c.Get(t.Context(), Request{URL: s.URL + p})
		if err != nil || string(res.Body) != "readout/1.0" || res.URL != s.URL+"/a" || res.ContentType != "text/html" {
			t.Errorf("%s: %+v, %v", p, res, err)
		}
	}
	for _, e := range []struct {
		url  string
		want error
	}{
		{s.URL + "/loop", ErrRedirects}, {s.URL + "/large", ErrTooLarge}, {s.URL + "/bomb", ErrTooLarge}, {s.URL + "/file", ErrAddress},
		{"file:///etc/passwd", ErrAddress}, {"http://", ErrAddress}, {"words", ErrAddress}, {"http://a:b@" + s.Listener.Addr().String() + "/a", ErrAddress},
	} {
		if res, err := c.Get(t.Context(), Request{URL: e.url}); res != nil || !errors.Is(err, e.want) {
			t.Errorf("%s: %+v, %v, want %v", e.url, res, err, e.want)
		}
	}
	var status *StatusError
	if _, err := c.Get(t.Context(), Request{URL: s.URL + "/busy"}); !errors.As(err, &status) || status.Code != 503 || status.After != 2*time.Minute {
		t.Errorf("busy: %v", err)
	}
}

func TestConditional(t *testing.T) {
	s := server(t, map[string]http.HandlerFunc{"/feed": func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"v1"`)
		w.Header().Set("Cache-Control", "public, max-age=600")
		if r.Header.Get("If-None-Match") == `"v1"` && r.Header.Get("If-Modified-Since") == "yesterday" {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		fmt.Fprint(w, "feed")
	}})
	c, _ := client(t, Config{Networks: All})
	res, err := c.Get(t.Context(), Request{URL: s.URL + "/feed"})
	if err != nil || res.ETag != `"v1"` || res.MaxAge != 10*time.Minute || res.Unchanged {
		t.Fatalf("%+v, %v", res, err)
	}
	if res, err = c.Get(t.Context(), Request{URL: s.URL + "/feed", ETag: res.ETag, Modified: "yesterday"}); err != nil || !res.Unchanged || len(res.Body) > 0 {
		t.Errorf("%+v, %v", res, err)
	}
}

// No way leads into a private network: no address, no name, no redirect.
func TestPrivate(t *testing.T) {
	var hits int
	inner := server(t, map[string]http.HandlerFunc{"/": func(http.ResponseWriter, *http.Request) { hits++ }})
	c, _ := client(t, Config{})
	_, port, _ := strings.Cut(inner.Listener.Addr().String(), ":")
	for _, u := range []string{inner.URL, "http://localhost:" + port, "http://[::1]:" + port, "http://127.1:" + port, "http://0.0.0.0:" + port, "http://[::ffff:127.0.0.1]:" + port} {
		if _, err := c.Get(t.Context(), Request{URL: u}); err == nil || hits > 0 {
			t.Errorf("%s: %v, %d requests", u, err, hits)
		}
	}
	if _, err := c.Get(t.Context(), Request{URL: inner.URL}); !errors.Is(err, ErrPrivate) {
		t.Errorf("%v, want %v", err, ErrPrivate)
	}
	// A server that is allowed leads to one that is not.
	outer := server(t, map[string]http.HandlerFunc{"/": func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://127.0.0.2:"+port+"/", http.StatusFound)
	}})
	c.allowed = func(a netip.Addr) bool { return a.String() == "127.0.0.1" }
	if _, err := c.Get(t.Context(), Request{URL: outer.URL + "/x"}); !errors.Is(err, ErrPrivate) || hits > 0 {
		t.Errorf("by a redirect: %v, %d requests", err, hits)
	}
}

func TestIsPublic(t *testing.T) {
	for _, a := range []string{
		"127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "0.1.2.3", "224.0.0.1",
		"255.255.255.255", "240.0.0.1", "198.18.0.1", "192.0.2.1", "168.63.129.16", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1",
		"::ffff:10.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::808:808", "2002:7f00:1::", "2001::1", "2001:db8::1", "::7f00:1", "fec0::1",
	} {
		if IsPublic(netip.MustParseAddr(a)) {
			t.Errorf("%s is taken for public", a)
		}
	}
	for _, a := range []string{"8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::"} {
		if !IsPublic(netip.MustParseAddr(a)) {
			t.Errorf("%s is not taken for public", a)
		}
	}
}

func TestRobots(t *testing.T) {
	const rules = "User-agent: *\nDisallow: /\n\nUser-agent: readout\nDisallow: /private\nAllow: /private/open\nCrawl-delay: 7\n"
	asked := 0
	s := server(t, map[string]http.HandlerFunc{
		"/robots.txt": func(w http.ResponseWriter, _ *http.Request) { asked++; fmt.Fprint(w, rules) },
		"/":           text("page"),
	})
	c, cl := client(t, Config{Agent: "readout/1.0", Networks: All})
	for p, want := range map[string]error{"/a": nil, "/private/x": ErrRobots, "/private/open": nil} {
		if _, err := c.Get(t.Context(), Request{URL: s.URL + p}); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", p, err, want)
		}
	}
	if asked != 1 {
		t.Errorf("robots.txt was fetched %d times", asked)
	}
	if cl.slept < 7*time.Second {
		t.Errorf("three requests took %s, with a delay of 7 seconds", cl.slept)
	}
	cl.Wait(t.Context(), 25*time.Hour)
	if _, err := c.Get(t.Context(), Request{URL: s.URL + "/a"}); err != nil || asked != 2 {
		t.Errorf("a day later: %v, fetched %d times", err, asked)
	}
	for code, want := range map[int]error{404: nil, 403: nil, 500: ErrRobots} {
		s := server(t, map[string]http.HandlerFunc{"/robots.txt": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }, "/": text("page")})
		c, _ := client(t, Config{Networks: All})
		if _, err := c.Get(t.Context(), Request{URL: s.URL + "/a"}); !errors.Is(err, want) {
			t.Errorf("robots.txt answers %d: %v, want %v", code, err, want)
		}
	}
}

// A host is asked once a second, two hosts side by side.
func TestRate(t *testing.T) {
	a, b := server(t, map[string]http.HandlerFunc{"/": text("a")}), server(t, map[string]http.HandlerFunc{"/": text("b")})
	c, cl := client(t, Config{Networks: All})
	for range 5 {
		for _, s := range []*httptest.Server{a, b} {
			if _, err := c.Get(t.Context(), Request{URL: s.URL}); err != nil {
				t.Fatal(err)
			}
		}
	}
	if cl.slept < 4*time.Second || cl.slept > 7*time.Second { // six requests a host with robots.txt
		t.Errorf("waited %s", cl.slept)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := c.Get(ctx, Request{URL: a.URL}); !errors.Is(err, context.Canceled) {
		t.Errorf("when stopped: %v", err)
	}
}

func FuzzRobots(f *testing.F) {
	f.Add("User-agent: *\nDisallow: /a*b$\nCrawl-delay: 3", "/a")
	f.Fuzz(func(t *testing.T, rules, path string) {
		c := New(Config{})
		u, err := address("https://courier.example/" + path)
		if err != nil {
			return
		}
		h := c.host(u)
		parseRobots(c, h, 200, []byte(rules))
		_ = h.robots.TestAgent(u.RequestURI(), c.agent())
	})
}
