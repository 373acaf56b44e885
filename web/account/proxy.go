package account

import (
	"fmt"
	"net/http"
	"net/netip"
	"strings"
)

// Proxies are the networks whose word on where a request came from counts.
type Proxies []netip.Prefix

// loopbacks are the networks of the machine itself.
var loopbacks = Proxies{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}

// ParseProxies reads networks and addresses; "loopback" is the machine itself.
func ParseProxies(list []string) (Proxies, error) {
	var out Proxies
	for _, s := range list {
		s = strings.TrimSpace(s)
		if s == "loopback" {
			out = append(out, loopbacks...)
			continue
		}
		if a, err := netip.ParseAddr(s); err == nil {
			a = a.Unmap()
			out = append(out, netip.PrefixFrom(a, a.BitLen()))
			continue
		}
		p, err := netip.ParsePrefix(s)
		if err != nil {
			return nil, fmt.Errorf("%q is no network: as 10.0.0.0/8, 10.1.2.3, or loopback", s)
		}
		if p.Bits() == 0 {
			return nil, fmt.Errorf("%q is all the world: whoever asks could say where from", s)
		}
		out = append(out, p.Masked())
	}
	return out, nil
}

func (p Proxies) contains(a netip.Addr) bool {
	a = a.Unmap()
	for _, n := range p {
		if n.Contains(a) {
			return true
		}
	}
	return false
}

// forwarding are the fields by which proxies tell what they pass on.
var forwarding = []string{"X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Forwarded", "X-Real-Ip", "Via"}

// forwarded reports whether a request says that it came through a proxy.
func forwarded(r *http.Request) bool {
	for _, name := range forwarding {
		if r.Header.Get(name) != "" {
			return true
		}
	}
	return false
}

// client gives where a request came from and whether by TLS. The last address
// that no trusted proxy has counts: those before it anybody can write.
func (p Proxies) client(r *http.Request) (from netip.Addr, secure bool) {
	ap, _ := netip.ParseAddrPort(r.RemoteAddr)
	from, secure = ap.Addr().Unmap(), r.TLS != nil
	if !p.contains(from) {
		return from, secure
	}
	if v := r.Header.Values("X-Forwarded-Proto"); len(v) == 1 {
		secure = v[0] == "https"
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0; i-- {
		a, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			return from, secure
		}
		if from = a.Unmap(); !p.contains(from) {
			return from, secure
		}
	}
	return from, secure
}
