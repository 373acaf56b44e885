package main

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"readout/record"
	"readout/web/account"
)

// TestServeEnds: what was accepted before the server ends is answered, and
// nothing after.
func TestServeEnds(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	begun, goOn := make(chan bool), make(chan bool)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		ended <- serve(ctx, ln, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			close(begun)
			<-goOn
			if r.Context().Err() == nil {
				_, _ = io.WriteString(w, "whole")
			}
		}), slog.New(slog.DiscardHandler))
	}()
	answer := make(chan string, 1)
	go func() {
		r, err := http.Get("http://" + ln.Addr().String())
		if err != nil {
			answer <- err.Error()
			return
		}
		defer r.Body.Close()
		b, err := io.ReadAll(r.Body)
		if err != nil {
			answer <- err.Error()
			return
		}
		answer <- string(b)
	}()
	<-begun
	cancel()
	for { // until nobody listens any more
		c, err := net.Dial("tcp", ln.Addr().String())
		if err != nil {
			break
		}
		c.Close()
		time.Sleep(time.Millisecond)
	}
	select {
	case err := <-ended:
		t.Fatalf("it ended before it had answered: %v", err)
	default:
	}
	close(goOn)
	if got := <-answer; got != "whole" {
		t.Errorf("the answer is %q", got)
	}
	if err := <-ended; err != nil {
		t.Errorf("serve() = %v", err)
	}
}

// TestAccessFlags: where a server may listen, with which flags, and with users or
// without.
func TestAccessFlags(t *testing.T) {
	empty, err := record.Open(t.Context(), record.Config{Store: record.NewMemory()})
	if err != nil {
		t.Fatal(err)
	}
	peopled, err := record.Open(t.Context(), record.Config{Store: record.NewMemory()})
	if err != nil {
		t.Fatal(err)
	}
	if err := account.NewBook(peopled).Add(t.Context(), "anna", account.Admin, "a long password"); err != nil {
		t.Fatal(err)
	}
	secret := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secret, []byte("s\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	const issuer = "https://id.example.org"
	for _, c := range []struct {
		name   string
		f      accessFlags
		listen string
		users  *record.Ledger
		wrong  string // in the error, "" for none
		warns  bool
	}{
		{"this machine", accessFlags{}, "127.0.0.1:0", empty, "", false},
		{"this machine, by name", accessFlags{}, "localhost:0", empty, "", false},
		{"this machine, IPv6", accessFlags{}, "[::1]:0", peopled, "", false},
		{"all the world, without users", accessFlags{}, ":443", empty, "no users yet", false},
		{"one address, without users", accessFlags{}, "192.0.2.1:443", empty, "no users yet", false},
		{"all the world, in the clear", accessFlags{}, "0.0.0.0:443", peopled, "", true},
		{"all the world", accessFlags{cert: "c", key: "k"}, ":443", peopled, "", false},
		{"a proxy, without users", accessFlags{proxies: []string{"loopback"}}, "127.0.0.1:0", empty, "--behind-proxy: others", false},
		{"a proxy", accessFlags{proxies: []string{"10.0.0.0/8"}}, "127.0.0.1:0", peopled, "", false},
		{"no proxy", accessFlags{proxies: []string{"proxy"}}, "127.0.0.1:0", peopled, "is no network", false},
		{"a certificate without a key", accessFlags{cert: "c"}, ":443", peopled, "go together", false},
		{"a sign-on, with roles", accessFlags{issuer: issuer, client: "x", roleClaim: "roles", secret: secret, cert: "c", key: "k"}, ":443", empty, "", false},
		{"a sign-on of users that there are not", accessFlags{issuer: issuer, client: "x"}, ":443", empty, "no users yet", false},
		{"a sign-on without a client", accessFlags{issuer: issuer}, ":443", peopled, "go together", false},
		{"a claim of nobody", accessFlags{roleClaim: "roles"}, ":443", peopled, "go together", false},
		{"a sign-on in the clear", accessFlags{issuer: "http://id.example.org", client: "x"}, ":443", peopled, "--oidc-issuer", false},
		{"a secret that is not there", accessFlags{issuer: issuer, client: "x", secret: secret + "x"}, ":443", peopled, "no such file", false},
		{"an address for others, without users", accessFlags{address: "https://talks.example.org"}, "127.0.0.1:0", empty, "no users yet", false},
		{"an address for others", accessFlags{address: "https://talks.example.org/", proxies: []string{"loopback"}}, "127.0.0.1:0", peopled, "", false},
		{"an address of this machine", accessFlags{address: "http://localhost:8321"}, "127.0.0.1:0", empty, "", false},
		{"an address with a path", accessFlags{address: "https://example.org/talks"}, ":443", peopled, "--public", false},
		{"an address without a scheme", accessFlags{address: "talks.example.org"}, ":443", peopled, "--public", false},
		{"no address", accessFlags{}, "443", peopled, "--listen", false},
	} {
		var log bytes.Buffer
		err := c.f.check()
		if err == nil {
			var g *account.Guard
			if g, err = c.f.guard(t.Context(), account.NewBook(c.users), c.listen, slog.New(slog.NewTextHandler(&log, nil))); err == nil {
				g.Close()
			}
		}
		if (err == nil) != (c.wrong == "") || err != nil && !strings.Contains(err.Error(), c.wrong) {
			t.Errorf("%s: %v, want %q", c.name, err, c.wrong)
		}
		if warns := strings.Contains(log.String(), "without TLS"); warns != c.warns {
			t.Errorf("%s: the log has %q", c.name, &log)
		}
	}
}
