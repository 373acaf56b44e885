// Package fetch gets pages and feeds from the network: politely, no more than a
// bounded amount, and from public addresses only.
//
// Polite: it names itself, keeps to robots.txt (RFC 9309), asks a host at most
// once a second, or as seldom as its robots.txt says, and asks for what it has
// had only if that has changed. Bounded: sizes after unpacking, redirects and
// time. Public: every address that is dialled is looked at after its name has
// been resolved, at each redirect anew, so that no page can lead the program
// into the network it runs in. No proxy is used, for that reason.
package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// Errors about an address, told apart with errors.Is.
var (
	// ErrAddress is no address of a page.
	ErrAddress = errors.New("it is no http or https address")
	// ErrPrivate is an address that leads into a private network.
	ErrPrivate = errors.New("it leads into a private network")
	// ErrRobots is a page that the site asks programs not to fetch.
	ErrRobots = errors.New("the site's robots.txt asks not to fetch it")
	// ErrTooLarge is an answer above the limit.
	ErrTooLarge = errors.New("the answer is too large")
	// ErrRedirects is a chain of redirects above the limit.
	ErrRedirects = errors.New("it is redirected too often")
)

// StatusError is an answer that is none.
type StatusError struct {
	Code  int
	After time.Duration // how long the server asks to be left alone; 0 is not told
}

func (e *StatusError) Error() string {
	return strings.TrimSpace(fmt.Sprintf("the server answers %d %s", e.Code, http.StatusText(e.Code)))
}

// Networks says into which networks addresses may lead.
type Networks int

const (
	Public Networks = iota // the Internet
	All                    // loopback, private, link-local and metadata addresses, too
)

// Config says how to fetch. The zero value works.
type Config struct {
	// Agent names the program and its version, "readout/1.2"; "" is "readout".
	Agent string
	// Networks is where addresses may lead; the zero value is Public.
	Networks Networks
	// MaxBytes is the size up to which an answer is read, unpacked; 0 means 10 MB.
	MaxBytes int64
	// MaxRedirects is how many redirects are followed; 0 means 8.
	MaxRedirects int
	// Timeout bounds one answer with its redirects; 0 means 30 seconds. Waiting
	// for a host's turn does not count.
	Timeout time.Duration
	// Interval is the least time between two requests to a host; 0 means a
	// second, below 0 none.
	Interval time.Duration
	// Now and Wait are the clock; nil is the machine's. Wait returns early only
	// with the context's error.
	Now  func() time.Time
	Wait func(ctx context.Context, d time.Duration) error
}

// Client fetches. It is safe for many goroutines, whose requests to one host
// take turns.
type Client struct {
	cfg     Config
	http    *http.Client
	allowed func(netip.Addr) bool

	mu    sync.Mutex
	hosts map[string]*host
}

// New makes a client.
func New(cfg Config) *Client {
	if cfg.Agent == "" {
		cfg.Agent = "readout"
	}
	if cfg.MaxBytes <= 0 {
		cfg.MaxBytes = 10 << 20
	}
	if cfg.MaxRedirects <= 0 {
		cfg.MaxRedirects = 8
	}
	if cfg.Timeout <= 0 {
		cfg.Timeout = 30 * time.Second
	}
	if cfg.Interval == 0 {
		cfg.Interval = time.Second
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Wait == nil {
		cfg.Wait = Wait
	}
	c := &Client{cfg: cfg, hosts: map[string]*host{}, allowed: IsPublic}
	if cfg.Networks == All {
		c.allowed = func(netip.Addr) bool { return true }
	}
	dialer := &net.Dialer{Timeout: 10 * time.Second, Control: c.control}
	c.http = &http.Client{
		Transport: &http.Transport{
			DialContext: dialer.DialContext, TLSHandshakeTimeout: 10 * time.Second, ResponseHeaderTimeout: cfg.Timeout,
			MaxIdleConns: 64, IdleConnTimeout: 30 * time.Second, MaxResponseHeaderBytes: 256 << 10, ForceAttemptHTTP2: true,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return c
}

// Close lets go of open connections.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// Wait waits for a time, or until the context ends, whose error it then gives.
func Wait(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// control looks at every address before it is dialled.
func (c *Client) control(_, address string, _ syscall.RawConn) error {
	a, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("%w: %s", ErrPrivate, address)
	}
	if !c.allowed(a.Addr()) {
		return fmt.Errorf("%w: %s", ErrPrivate, a.Addr())
	}
	return nil
}

// Request is what is asked for. ETag and Modified are those of the answer that
// is there already.
type Request struct {
	URL      string
	Accept   string // media types; "" is any
	ETag     string
	Modified string
}

// Response is an answer.
type Response struct {
	URL         string // after redirects
	ContentType string
	Body        []byte
	ETag        string
	Modified    string
	// Unchanged tells that what the request said to be there still holds; there is
	// no Body.
	Unchanged bool
	// MaxAge is how long the server says that the answer holds; 0 is not told.
	MaxAge time.Duration
}

// Get fetches an address. It fails with the errors of this package, a
// *StatusError, one of the network, or the context's.
func (c *Client) Get(ctx context.Context, r Request) (*Response, error) {
	u, err := address(r.URL)
	if err != nil {
		return nil, err
	}
	var spent time.Duration
	for range c.cfg.MaxRedirects + 1 {
		h := c.host(u)
		if err := c.mayFetch(ctx, h, u); err != nil {
			return nil, err
		}
		if err := c.turn(ctx, h); err != nil {
			return nil, err
		}
		begun := c.cfg.Now()
		res, next, err := c.once(ctx, u, r, c.cfg.Timeout-spent)
		if err != nil || next == nil {
			return res, err
		}
		if spent += c.cfg.Now().Sub(begun); spent >= c.cfg.Timeout {
			return nil, fmt.Errorf("%w, and slowly", ErrRedirects)
		}
		u = next
	}
	return nil, fmt.Errorf("%w: more than %d times", ErrRedirects, c.cfg.MaxRedirects)
}

func address(s string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
		return nil, ErrAddress
	}
	if u.User != nil {
		return nil, fmt.Errorf("%w without a name and password", ErrAddress)
	}
	u.Fragment, u.RawFragment = "", ""
	return u, nil
}

// once asks once: it gives the answer, or the address that it redirects to.
func (c *Client) once(ctx context.Context, u *url.URL, r Request, timeout time.Duration) (*Response, *url.URL, error) {
	within, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(within, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, nil, ErrAddress
	}
	req.Header.Set("User-Agent", c.cfg.Agent)
	for k, v := range map[string]string{"Accept": r.Accept, "If-None-Match": r.ETag, "If-Modified-Since": r.Modified, "Accept-Language": "en"} {
		if v != "" {
			req.Header.Set(k, v)
		}
	}
	res, err := c.http.Do(req)
	if err != nil {
		return nil, nil, c.plain(ctx, err)
	}
	defer res.Body.Close()
	out := &Response{
		URL: u.String(), ContentType: res.Header.Get("Content-Type"), ETag: res.Header.Get("ETag"), Modified: res.Header.Get("Last-Modified"),
		MaxAge: maxAge(res.Header.Get("Cache-Control")),
	}
	switch code := res.StatusCode; {
	case code == http.StatusNotModified && (r.ETag != "" || r.Modified != ""):
		out.Unchanged = true
		return out, nil, nil
	case code == 301 || code == 302 || code == 303 || code == 307 || code == 308:
		next, err := u.Parse(res.Header.Get("Location"))
		if err != nil {
			return nil, nil, ErrAddress
		}
		if next, err = address(next.String()); err != nil {
			return nil, nil, err
		}
		return nil, next, nil
	case code != http.StatusOK:
		return nil, nil, &StatusError{code, after(res.Header.Get("Retry-After"), c.cfg.Now())}
	}
	out.Body, err = io.ReadAll(io.LimitReader(res.Body, c.cfg.MaxBytes+1))
	switch {
	case int64(len(out.Body)) > c.cfg.MaxBytes:
		return nil, nil, fmt.Errorf("%w: more than %d bytes", ErrTooLarge, c.cfg.MaxBytes)
	case err != nil:
		return nil, nil, c.plain(ctx, err)
	}
	return out, nil, nil
}

// plain drops from an error of the network what the caller knows: the method and
// the address.
func (c *Client) plain(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	var dns *net.DNSError
	switch {
	case errors.Is(err, ErrPrivate):
		return unwrapPrivate(err)
	case errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("no answer within %s", c.cfg.Timeout)
	case errors.As(err, &dns) && dns.IsNotFound:
		return fmt.Errorf("there is no host %s", dns.Name)
	case errors.Is(err, syscall.ECONNREFUSED):
		return errors.New("the server refuses connections")
	}
	return err
}

func unwrapPrivate(err error) error {
	var op *net.OpError
	if errors.As(err, &op) {
		return op.Err
	}
	return err
}

// after reads Retry-After: seconds, or a moment.
func after(s string, now time.Time) time.Duration {
	if n, err := strconv.Atoi(strings.TrimSpace(s)); err == nil && n > 0 {
		return time.Duration(min(n, 7*24*3600)) * time.Second
	}
	if t, err := http.ParseTime(s); err == nil && t.After(now) {
		return min(t.Sub(now), 7*24*time.Hour)
	}
	return 0
}

func maxAge(s string) time.Duration {
	for part := range strings.SplitSeq(s, ",") {
		if v, ok := strings.CutPrefix(strings.ToLower(strings.TrimSpace(part)), "max-age="); ok {
			if n, err := strconv.Atoi(v); err == nil && n > 0 {
				return time.Duration(min(n, 7*24*3600)) * time.Second
			}
		}
	}
	return 0
}
