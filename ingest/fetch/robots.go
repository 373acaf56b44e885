package fetch

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/temoto/robotstxt"
	"golang.org/x/time/rate"
)

// host is what is kept of a host: when it may be asked next, and its robots.txt.
type host struct {
	limit *rate.Limiter

	mu     sync.Mutex // held while robots.txt is fetched
	robots *robotstxt.RobotsData
	until  time.Time // when robots is to be fetched again
}

// Times for which a robots.txt holds: RFC 9309 says no longer than a day. One
// that could not be had forbids everything, and is asked for again soon.
const (
	robotsHold  = 24 * time.Hour
	robotsRetry = 10 * time.Minute
	robotsBytes = 500 << 10
	maxDelay    = time.Minute // of a robots.txt's Crawl-delay
	maxHosts    = 10_000      // that are kept
)

func (c *Client) host(u *url.URL) *host {
	c.mu.Lock()
	defer c.mu.Unlock()
	key := u.Scheme + "://" + strings.ToLower(u.Host)
	h := c.hosts[key]
	if h == nil {
		if len(c.hosts) >= maxHosts {
			clear(c.hosts)
		}
		h = &host{limit: rate.NewLimiter(rate.Inf, 1)}
		if c.cfg.Interval > 0 {
			h.limit.SetLimit(rate.Every(c.cfg.Interval))
		}
		c.hosts[key] = h
	}
	return h
}

// turn waits until the host may be asked.
func (c *Client) turn(ctx context.Context, h *host) error {
	now := c.cfg.Now()
	r := h.limit.ReserveN(now, 1)
	if err := c.cfg.Wait(ctx, r.DelayFrom(now)); err != nil {
		r.CancelAt(c.cfg.Now())
		return err
	}
	return ctx.Err()
}

// mayFetch tells, by the host's robots.txt, whether u may be fetched.
func (c *Client) mayFetch(ctx context.Context, h *host, u *url.URL) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if now := c.cfg.Now(); h.robots == nil || now.After(h.until) {
		if err := c.robots(ctx, h, u); err != nil {
			return err
		}
	}
	if !h.robots.TestAgent(u.RequestURI(), c.agent()) {
		return ErrRobots
	}
	return nil
}

// agent is the name that a robots.txt knows the program by.
func (c *Client) agent() string {
	name, _, _ := strings.Cut(c.cfg.Agent, "/")
	return name
}

// robots fetches a host's robots.txt. An error is one of the host itself, which
// would be the page's, too.
func (c *Client) robots(ctx context.Context, h *host, u *url.URL) error {
	at := &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"}
	code, body, err := c.getRobots(ctx, h, at)
	if err != nil {
		return err
	}
	parseRobots(c, h, code, body)
	return nil
}

// parseRobots keeps the rules of an answer.
func parseRobots(c *Client, h *host, code int, body []byte) {
	hold := robotsHold
	if code >= 500 || code == http.StatusTooManyRequests {
		code, hold = 503, robotsRetry
	}
	data, err := robotstxt.FromStatusAndBytes(code, body)
	if err != nil { // what cannot be read forbids nothing
		data, _ = robotstxt.FromStatusAndBytes(http.StatusNotFound, nil)
	}
	h.robots, h.until = data, c.cfg.Now().Add(hold)
	if d := min(data.FindGroup(c.agent()).CrawlDelay, maxDelay); c.cfg.Interval > 0 && d > c.cfg.Interval {
		h.limit.SetLimitAt(c.cfg.Now(), rate.Every(d))
	}
}

// getRobots follows five redirects, as RFC 9309 has it; each is looked at as any
// other address.
func (c *Client) getRobots(ctx context.Context, h *host, at *url.URL) (code int, body []byte, err error) {
	for range 6 {
		if err := c.turn(ctx, h); err != nil {
			return 0, nil, err
		}
		res, next, err := c.once(ctx, at, Request{}, c.cfg.Timeout)
		var status *StatusError
		switch {
		case errors.As(err, &status):
			return status.Code, nil, nil
		case errors.Is(err, ErrTooLarge):
			return http.StatusNotFound, nil, nil
		case errors.Is(err, ErrAddress): // a redirect to nowhere
			return http.StatusNotFound, nil, nil
		case err != nil:
			return 0, nil, err
		case next == nil:
			return http.StatusOK, res.Body[:min(len(res.Body), robotsBytes)], nil
		}
		at = next
	}
	return http.StatusNotFound, nil, nil
}
