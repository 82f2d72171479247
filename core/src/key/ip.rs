//! Addresses of the Internet Protocol as key parts. All of their numbers have a fixed width, so that their
//! text sorts like the addresses.

use super::class::Class;
use super::part::{KeyPart, kind};
use super::reader::KeyText;
use super::writer::KeyWriter;
use crate::error::Result;
use std::fmt::Write as _;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

#[diagnostic::do_not_recommend]
impl KeyPart for Ipv4Addr {
    const CLASS: Class = Class::Ipv4;
    type Kind = kind::Ordered;
    fn write(&self, out: &mut KeyWriter<'_>) -> Result<()> {
        out.fixed(&v4(*self));
        Ok(())
    }
    fn read(text: &KeyText<'_>) -> Result<Self> {
        read_v4(text.as_str())
            .ok_or_else(|| text.error("is not an IPv4 address with three digits for each number"))
    }
}

#[diagnostic::do_not_recommend]
impl KeyPart for Ipv6Addr {
    const CLASS: Class = Class::Ipv6;
    type Kind = kind::Ordered;
    fn write(&self, out: &mut KeyWriter<'_>) -> Result<()> {
        out.fixed(&v6(*self));
        Ok(())
    }
    fn read(text: &KeyText<'_>) -> Result<Self> {
        read_v6(text.as_str()).ok_or_else(|| {
            text.error("is not an IPv6 address with eight groups of four lower-case digits")
        })
    }
}

// IPv4 addresses come first, as in std's order, because of the digit at the start. The two kinds have
// different lengths, so this part does not have a fixed width. It is a name to templates.
#[diagnostic::do_not_recommend]
impl KeyPart for IpAddr {
    const CLASS: Class = Class::Name;
    type Kind = kind::Ordered;
    fn write(&self, out: &mut KeyWriter<'_>) -> Result<()> {
        out.text(&match self {
            IpAddr::V4(address) => format!("4:{}", v4(*address)),
            IpAddr::V6(address) => format!("6:{}", v6(*address)),
        })
    }
    fn read(text: &KeyText<'_>) -> Result<Self> {
        let address = match text.as_str().split_once(':') {
            Some(("4", address)) => read_v4(address).map(IpAddr::V4),
            Some(("6", address)) => read_v6(address).map(IpAddr::V6),
            _ => None,
        };
        address.ok_or_else(|| text.error("is not an address that begins with `4:` or `6:`"))
    }
}

fn v4(address: Ipv4Addr) -> String {
    let [a, b, c, d] = address.octets();
    format!("{a:03}.{b:03}.{c:03}.{d:03}")
}

fn v6(address: Ipv6Addr) -> String {
    let mut text = String::with_capacity(39);
    for group in address.segments() {
        if !text.is_empty() {
            text.push(':');
        }
        // Writing to a `String` never fails.
        let _ = write!(text, "{group:04x}");
    }
    text
}

/// Reads the text of [`v4`], and no other form of an address.
fn read_v4(text: &str) -> Option<Ipv4Addr> {
    let mut numbers = text.split('.').map(|number| number.parse::<u8>());
    let mut number = || numbers.next()?.ok();
    let address = Ipv4Addr::new(number()?, number()?, number()?, number()?);
    (v4(address) == text).then_some(address)
}

/// Reads the text of [`v6`], and no other form of an address.
fn read_v6(text: &str) -> Option<Ipv6Addr> {
    let address = text.parse::<Ipv6Addr>().ok()?;
    (v6(address) == text).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_form_of_an_address_is_none() {
        assert_eq!(read_v4("192.168.001.010"), Some(Ipv4Addr::new(192, 168, 1, 10)));
        for text in
            ["192.168.1.10", "256.000.000.001", "+01.002.003.004", "1.2.3.4.5", "", "001.002.003"]
        {
            assert_eq!(read_v4(text), None, "{text}");
        }
        let local = "0000:0000:0000:0000:0000:0000:0000:0001";
        assert_eq!(read_v6(local), Some(Ipv6Addr::LOCALHOST));
        let upper = "2001:0DB8:0000:0000:0000:0000:0000:0001";
        for text in ["::1", "::ffff:1.2.3.4", upper, "", "2001:db8:0:0:0:0:0:1"] {
            assert_eq!(read_v6(text), None, "{text}");
        }
    }
}
