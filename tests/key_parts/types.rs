//! Parts of types of std and of jiff, from the arguments to what is read back.
#![allow(clippy::needless_borrows_for_generic_args, reason = "references are what is tested")]

use jiff::civil::{Date, DateTime, Time, date, time};
use monotable::key::Hour;
use monotable::prelude::*;
use serde::{Deserialize, Serialize};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::num::{NonZero, NonZeroU32};

#[derive(Debug, Table)]
#[table(indexes(BySource, ByShelf, ByHour))]
enum Network {
    Visit(Visit),
    Slot(Slot),
}

#[derive(Debug, Index)]
struct BySource;

#[derive(Debug, Index)]
struct ByShelf;

#[derive(Debug, Index)]
struct ByHour;

/// Parts of fixed width stand in the middle of a component, and in descending order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(
    table = Network,
    pk = "VISIT#{digest}{gateway:desc}",
    sk = "{number:04}#{local}",
    unique(digest, source)
)]
#[access(of_digest)]
#[access(by_source, index = BySource, pk = "SOURCE#{zone}", sk = "{source}#{number}")]
#[access(by_shelf, index = ByShelf, pk = "SHELF", sk = "{shelf}#{signed:desc}", allow(static_partition))]
struct Visit {
    digest: [u8; 4],
    gateway: Ipv4Addr,
    number: NonZeroU32,
    local: Ipv6Addr,
    source: IpAddr,
    zone: char,
    shelf: Option<char>,
    signed: NonZero<i8>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Network, pk = "ROOM#{room}#{starts:day:bucket}", sk = "SLOT#{starts:second:bucket}")]
#[access(of_day)]
#[access(opening, index = ByHour, pk = "OPENING#{starts:hour:bucket}", sk = "{opens:s:desc}#{closes}#{starts}")]
struct Slot {
    room: NonZero<u8>,
    starts: DateTime,
    opens: Time,
    closes: Time,
}

fn number(n: u32) -> NonZeroU32 {
    NonZeroU32::new(n).unwrap()
}

fn visit(n: u32, source: &str, shelf: Option<char>, signed: i8) -> Visit {
    Visit {
        digest: [0x00, 0x9f, 0xa0, 0xff],
        gateway: Ipv4Addr::new(192, 168, 1, 10),
        number: number(n),
        local: Ipv6Addr::LOCALHOST,
        source: source.parse().unwrap(),
        zone: '#',
        shelf,
        signed: NonZero::new(signed).unwrap(),
    }
}

#[tokio::test]
async fn addresses_bytes_characters_and_integers_without_zero() -> monotable::Result<()> {
    let network = Network::on(Embedded::in_memory());
    let first = visit(1, "::1", Some('a'), -3);
    let second = visit(2, "10.0.0.2", Some('é'), 4);
    let third = visit(30, "9.255.255.255", Some('é'), 5);
    for visit in [&first, &second, &third] {
        visit.create().send(&network).await?;
    }
    let key = first.primary_key().render()?;
    assert_eq!(key.pk, "VISIT#009fa0ff807.831.998.989");
    assert_eq!(key.sk, "0001#0000:0000:0000:0000:0000:0000:0000:0001");

    let get = Visit::get(first.digest, first.gateway, first.number, first.local);
    assert_eq!(get.send(&network).await?.as_ref(), Some(&first));
    let get = Visit::get(&first.digest, &first.gateway, &first.number, &first.local);
    assert_eq!(get.send(&network).await?.as_ref(), Some(&first));
    let parsed = monotable::Key::<Visit>::parse(&key.pk, &key.sk)?;
    assert_eq!(parsed.parts(), &(first.digest, first.gateway, first.number, first.local));
    let some = Visit::of_digest(first.digest, first.gateway).range(number(2)..);
    assert_eq!(some.all(&network).await?, [second.clone(), third.clone()]);

    // IPv4 addresses are before IPv6 addresses, and in the order of their numbers.
    let all = Visit::by_source('#').all(&network).await?;
    assert_eq!(all, [third.clone(), second.clone(), first.clone()]);
    let v6 = Visit::by_source('#').range(IpAddr::from(Ipv6Addr::UNSPECIFIED)..);
    assert_eq!(v6.all(&network).await?, std::slice::from_ref(&first));
    let v4 = Visit::by_source(&'#').range(..=second.source);
    assert_eq!(v4.all(&network).await?, [third.clone(), second.clone()]);

    let shelf = Visit::by_shelf().eq('é').range(third.signed..);
    assert_eq!(shelf.all(&network).await?, std::slice::from_ref(&third));
    assert_eq!(Visit::by_shelf().range('b'..='é').all(&network).await?, [third, second]);
    Ok(())
}

#[tokio::test]
async fn civil_times() -> monotable::Result<()> {
    let network = Network::on(Embedded::in_memory());
    let slot = |hour, minute| Slot {
        room: NonZero::new(7).unwrap(),
        starts: date(2026, 11, 2).at(hour, minute, 0, 0),
        opens: time(8, minute, 0, 0),
        closes: time(18, 0, 0, 1),
    };
    let slots = [slot(9, 0), slot(9, 30), slot(10, 0)];
    for slot in &slots {
        slot.create().send(&network).await?;
    }
    let key = slots[1].primary_key().render()?;
    assert_eq!((&*key.pk, &*key.sk), ("ROOM#007#2026-11-02", "SLOT#2026-11-02T09:30:00"));
    let starts = monotable::key::Second::from(slots[1].starts);
    let get = Slot::get(slots[1].room, starts);
    assert_eq!(get.send(&network).await?.as_ref(), Some(&slots[1]));
    let parsed = monotable::Key::<Slot>::parse(&key.pk, &key.sk)?;
    assert_eq!(parsed.parts(), &(slots[1].room, starts));

    let day: Date = date(2026, 11, 2);
    let until = Slot::of_day(slots[0].room, day).range(..starts);
    assert_eq!(until.all(&network).await?, slots[..1]);
    let hour = Hour::from(slots[0].starts);
    let open = Slot::opening(hour).range(time(8, 0, 0, 0)..time(9, 0, 0, 0));
    assert_eq!(open.all(&network).await?, [slots[1].clone(), slots[0].clone()]);
    let open = Slot::opening(hour).eq(slots[0].opens).eq(&slots[0].closes).range(slots[0].starts..);
    assert_eq!(open.all(&network).await?, slots[..1]);
    Ok(())
}
