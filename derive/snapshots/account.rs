#[doc(hidden)]
#[allow(
    dead_code,
    missing_docs,
    missing_debug_implementations,
    non_camel_case_types,
    unreachable_pub
)]
pub mod __account_fields {
    pub enum id {}
    pub enum version {}
    pub enum until {}
    pub enum email {}
    pub enum tenant {}
    pub enum name {}
    pub enum kind {}
    pub enum rank {}
    pub enum since {}
    pub enum open {}
    pub enum balance {}
}
#[automatically_derived]
#[allow(
    dead_code,
    private_bounds,
    private_interfaces,
    unused_qualifications,
    clippy::all,
    clippy::absolute_paths
)]
/** The fields, keys and queries of `Account`. The requests [`put`, `create`, `update` and `delete`](#impl-EntityExt-for-E) of a `Account` are methods of the trait `EntityExt`, which is in the prelude. Without a `Account`, a change or a delete begins at the key: `Account::key(..)`.

 A query that is not among these functions is not declared: write `#[access(by_.., index = .., pk = "..", sk = "..")]` above `Account`.*/
impl Account {
    /// The field `id`, stored as `id`.
    pub const ID: ::monotable::__private::Field<Account, __account_fields::id, String> = ::monotable::__private::Field::<
        Account,
        __account_fields::id,
        String,
    >::new("id");
    /// The field `version`, stored as `version`.
    pub const VERSION: ::monotable::__private::Field<
        Account,
        __account_fields::version,
        u64,
    > = ::monotable::__private::Field::<
        Account,
        __account_fields::version,
        u64,
    >::new("version");
    /// The field `until`, stored as `until`.
    pub const UNTIL: ::monotable::__private::Field<
        Account,
        __account_fields::until,
        Option<Timestamp>,
    > = ::monotable::__private::Field::<
        Account,
        __account_fields::until,
        Option<Timestamp>,
    >::optional("until");
    /// The field `email`, stored as `email`.
    pub const EMAIL: ::monotable::__private::Field<
        Account,
        __account_fields::email,
        Option<String>,
    > = ::monotable::__private::Field::<
        Account,
        __account_fields::email,
        Option<String>,
    >::optional("email");
    /// The field `tenant`, stored as `tenant`.
    pub const TENANT: ::monotable::__private::Field<
        Account,
        __account_fields::tenant,
        u32,
    > = ::monotable::__private::Field::<
        Account,
        __account_fields::tenant,
        u32,
    >::new("tenant");
    /// The field `name`, stored as `name`.
    pub const NAME: ::monotable::__private::Field<
        Account,
        __account_fields::name,
        String,
    > = ::monotable::__private::Field::<
        Account,
        __account_fields::name,
        String,
    >::new("name");
    /// The field `kind`, stored as `kind`.
    pub const KIND: ::monotable::__private::Field<
        Account,
        __account_fields::kind,
        String,
    > = ::monotable::__private::Field::<
        Account,
        __account_fields::kind,
        String,
    >::new("kind");
    /// The field `rank`, stored as `rank`.
    pub const RANK: ::monotable::__private::Field<Account, __account_fields::rank, u8> = ::monotable::__private::Field::<
        Account,
        __account_fields::rank,
        u8,
    >::new("rank");
    /// The field `since`, stored as `since`.
    pub const SINCE: ::monotable::__private::Field<
        Account,
        __account_fields::since,
        Timestamp,
    > = ::monotable::__private::Field::<
        Account,
        __account_fields::since,
        Timestamp,
    >::new("since");
    /// The field `open`, stored as `open`.
    pub(crate) const OPEN: ::monotable::__private::Field<
        Account,
        __account_fields::open,
        bool,
    > = ::monotable::__private::Field::<
        Account,
        __account_fields::open,
        bool,
    >::new("open");
    /// The field `balance`, stored as `balance`.
    pub const BALANCE: ::monotable::__private::Field<
        Account,
        __account_fields::balance,
        Decimal,
    > = ::monotable::__private::Field::<
        Account,
        __account_fields::balance,
        Decimal,
    >::new("balance");
    /// The fields `kind`, `rank`, `since` and `open`, which an update by key sets together so that index `ByKind` stays true.
    pub(crate) const BY_KIND_KEY: ::monotable::__private::IndexKeyFields<
        Account,
        (
            __account_fields::kind,
            __account_fields::rank,
            __account_fields::since,
            __account_fields::open,
        ),
        (String, u8, Timestamp, bool),
    > = ::monotable::__private::IndexKeyFields::new(&["kind", "rank", "since", "open"]);
    /// The primary key: `ACCOUNT#{id}` / `ACCOUNT`.
    pub fn key(
        id: impl ::monotable::__private::IntoPart<String>,
    ) -> ::monotable::__private::Key<Account> {
        ::monotable::__private::Key::new((
            ::monotable::__private::IntoPart::into_part(id),
        ))
    }
    /// Reads the item with this key.
    pub fn get(
        id: impl ::monotable::__private::IntoPart<String>,
    ) -> ::monotable::__private::Get<Account> {
        Self::key(id).get()
    }
    /// The partition of the primary key: `ACCOUNT#{id}`.
    pub fn partition(
        id: impl ::monotable::__private::IntoPart<String>,
    ) -> ::monotable::__private::Partition<Account> {
        ::monotable::__private::Partition::of(
            0,
            id,
            <String as ::monotable::__private::KeyPart>::as_part,
        )
    }
    /// Queries index `ByKind`: `KIND#{kind}` / `{rank}#{since:s}`.
    pub fn by_kind(
        kind: impl ::monotable::__private::IntoPart<String>,
    ) -> ::monotable::__private::Query<
        Account,
        ::monotable::__private::Part<
            __account_fields::rank,
            u8,
            ::monotable::__private::Part<__account_fields::since, Timestamp>,
        >,
        ByKind,
    > {
        ::monotable::__private::Query::of(
            "by_kind",
            6,
            kind,
            <String as ::monotable::__private::KeyPart>::as_part,
        )
    }
}
const _: () = {
    use ::monotable::__private as __m;
    impl __m::Declared<String> for __account_fields::id {
        type Is = __m::Is<
            __m::Name<11301463986558097276003903130001171064>,
            __m::role::PrimaryKey,
            __m::IsPart<<String as __m::KeyPart>::Kind>,
        >;
    }
    impl __m::Declared<u64> for __account_fields::version {
        type Is = __m::Is<
            __m::Name<231469520168268784891269345684873570495>,
            __m::role::Version,
        >;
    }
    impl __m::Declared<Option<Timestamp>> for __account_fields::until {
        type Is = __m::Is<
            __m::Name<254696569299123753339592492229755596023>,
            __m::role::GuardsExpire,
        >;
        fn expires(__value: &Option<Timestamp>) -> __m::Expiry {
            __m::ExpiresAt::expiry(__value)
        }
    }
    impl __m::Declared<Option<String>> for __account_fields::email {
        type Is = __m::Is<
            __m::Name<5932077617915983959507191634440807959>,
            __m::role::Unique,
            __m::MayBePart<<String as __m::KeyPart>::Kind>,
        >;
    }
    impl __m::Declared<u32> for __account_fields::tenant {
        type Is = __m::Is<
            __m::Name<225869596151642219537626353444164450653>,
            __m::role::Unique,
            __m::IsPart<<u32 as __m::KeyPart>::Kind>,
        >;
    }
    impl __m::Declared<String> for __account_fields::name {
        type Is = __m::Is<
            __m::Name<139805238982077690295483749954561134894>,
            __m::role::Unique,
            __m::IsPart<<String as __m::KeyPart>::Kind>,
        >;
    }
    impl __m::Declared<String> for __account_fields::kind {
        type Is = __m::Is<
            __m::Name<139934015657835635809840068207556063395>,
            __m::role::Stale<ByKind, __account_fields::open>,
            __m::IsPart<<String as __m::KeyPart>::Kind>,
        >;
    }
    impl __m::Declared<u8> for __account_fields::rank {
        type Is = __m::Is<
            __m::Name<140888610719993696294375457868433336591>,
            __m::role::Stale<ByKind, (__account_fields::since, __account_fields::open)>,
            __m::IsPart<<u8 as __m::KeyPart>::Kind>,
        >;
        fn absent() -> ::core::option::Option<u8> {
            ::core::option::Option::Some(<u8 as ::core::default::Default>::default())
        }
    }
    impl __m::Declared<Timestamp> for __account_fields::since {
        type Is = __m::Is<
            __m::Name<8102632193670019221868136487985672381>,
            __m::role::Stale<ByKind, (__account_fields::rank, __account_fields::open)>,
            __m::IsPart<<Timestamp as __m::KeyPart>::Kind>,
        >;
    }
    impl __m::Declared<bool> for __account_fields::open {
        type Is = __m::Is<
            __m::Name<139776954773791195725110839325452879393>,
            __m::role::Stale<
                ByKind,
                (__account_fields::kind, __account_fields::rank, __account_fields::since),
            >,
        >;
        #[allow(unreachable_patterns)]
        fn when(__value: &bool, __index: usize) -> bool {
            match __index {
                0 => {
                    match __value {
                        true => true,
                        _ => false,
                    }
                }
                _ => true,
            }
        }
    }
    pub enum __With10 {}
    impl __m::Codec<Decimal> for __With10 {
        fn to_value(__value: &Decimal) -> __m::Encoded {
            struct __With<'__v>(&'__v Decimal);
            impl ::serde::Serialize for __With<'_> {
                fn serialize<__S: ::serde::Serializer>(
                    &self,
                    __out: __S,
                ) -> ::core::result::Result<__S::Ok, __S::Error> {
                    monotable::decimal::serialize(self.0, __out)
                }
            }
            __m::to_value(&__With(__value))
        }
    }
    impl __m::Decode<Decimal> for __With10 {
        fn from_value(
            __value: &__m::Value,
        ) -> ::core::result::Result<Decimal, __m::ValueError> {
            monotable::decimal::deserialize(__m::reader(__value))
        }
    }
    impl __m::Declared<Decimal> for __account_fields::balance {
        type Is = __m::Is<
            __m::Name<56452308955573390353275673850426122835>,
            __m::role::Plain,
            __m::NoPart,
            __m::form::Number,
            __With10,
        >;
    }
    #[automatically_derived]
    impl __m::Entity for Account {
        type Table = Bank;
        type Stored = Account;
        type Rules = __m::role::LockedAndGuarded;
        type Partition = __m::Shape<174120959731198088261052653653317730309>;
        const DEF: &'static __m::EntityDef = &__m::EntityDef::new(
                "Account",
                [
                    &[
                        __m::Segment::Literal("ACCOUNT#"),
                        __m::part(
                            0,
                            "id",
                            __m::Format::OWN,
                            <String as __m::KeyPart>::CLASS,
                        ),
                    ],
                    &[__m::Segment::Literal("ACCOUNT")],
                ],
                &[
                    __m::IndexKey::new(
                            <Bank as __m::Lists<ByKind>>::INDEX,
                            [
                                &[
                                    __m::Segment::Literal("KIND#"),
                                    __m::part(
                                        6,
                                        "kind",
                                        __m::Format::OWN,
                                        <String as __m::KeyPart>::CLASS,
                                    ),
                                ],
                                &[
                                    __m::part(
                                        7,
                                        "rank",
                                        __m::Format::OWN,
                                        <u8 as __m::KeyPart>::CLASS,
                                    ),
                                    __m::Segment::Literal("#"),
                                    __m::part(
                                        8,
                                        "since",
                                        __m::Format::OWN.unit(__m::Unit::Second),
                                        <Timestamp as __m::KeyPart>::CLASS,
                                    ),
                                ],
                            ],
                        )
                        .when(&[9]),
                ],
                &[
                    "id",
                    "version",
                    "until",
                    "email",
                    "tenant",
                    "name",
                    "kind",
                    "rank",
                    "since",
                    "open",
                    "balance",
                ],
            )
            .rules(
                __m::Rules::new(
                    ::core::option::Option::Some("version"),
                    true,
                    &[
                        __m::UniqueDef::new(
                            "Account.email",
                            &["email"],
                            [
                                &[
                                    __m::Segment::Literal("UNIQUE#Account#email#"),
                                    __m::part(
                                        3,
                                        "email",
                                        __m::Format::OWN,
                                        <String as __m::KeyPart>::CLASS,
                                    ),
                                ],
                                &[__m::Segment::Literal("UNIQUE")],
                            ],
                        ),
                        __m::UniqueDef::new(
                            "Account.tenant+name",
                            &["tenant", "name"],
                            [
                                &[
                                    __m::Segment::Literal("NAME#"),
                                    __m::part(
                                        4,
                                        "tenant",
                                        __m::Format::OWN,
                                        <u32 as __m::KeyPart>::CLASS,
                                    ),
                                    __m::Segment::Literal("#"),
                                    __m::part(
                                        5,
                                        "name",
                                        __m::Format::OWN,
                                        <String as __m::KeyPart>::CLASS,
                                    ),
                                ],
                                &[__m::Segment::Literal("NAME")],
                            ],
                        ),
                    ],
                ),
            );
    }
    #[automatically_derived]
    impl __m::EntityImpl for Account {
        type Key = (String,);
        fn part(&self, __field: u16) -> ::core::option::Option<&dyn __m::PartValue> {
            match __field {
                0 => <String as __m::KeyPart>::as_part(&self.id),
                3 => __m::optional(&self.email, <String as __m::KeyPart>::as_part),
                4 => <u32 as __m::KeyPart>::as_part(&self.tenant),
                5 => <String as __m::KeyPart>::as_part(&self.name),
                6 => <String as __m::KeyPart>::as_part(&self.kind),
                7 => <u8 as __m::KeyPart>::as_part(&self.rank),
                8 => <Timestamp as __m::KeyPart>::as_part(&self.since),
                _ => ::core::option::Option::None,
            }
        }
        fn key_fns() -> <Self::Key as __m::KeyTuple>::Fns {
            (<String as __m::KeyPart>::part_fns(),)
        }
        fn identity(&self) -> Self::Key {
            (::core::clone::Clone::clone(&self.id),)
        }
        fn when(&self, __index: usize, __field: u16) -> bool {
            match (__index, __field) {
                (0, 9) => {
                    <__account_fields::open as __m::FieldDef<bool>>::when(&self.open, 0)
                }
                _ => true,
            }
        }
        fn version(&self) -> u64 {
            __m::version(&self.version)
        }
        fn expires(&self) -> ::core::option::Option<i64> {
            __m::ExpiresAt::expires_at(&self.until)
        }
        fn default_value(__field: u16) -> ::core::option::Option<__m::Encoded> {
            match __field {
                7 => <__account_fields::rank as __m::FieldDef<u8>>::default_value(),
                _ => ::core::option::Option::None,
            }
        }
    }
    #[automatically_derived]
    impl __m::On<__m::Primary> for Account {}
    #[automatically_derived]
    impl __m::On<ByKind> for Account {
        const AT: usize = 0;
    }
    impl __m::Whole<
        ByKind,
        __m::Part<
            __account_fields::rank,
            u8,
            __m::Part<__account_fields::since, Timestamp>,
        >,
    > for Account {}
    #[automatically_derived]
    impl __m::Named<21555645251858367580024770469802211279> for Account {
        type On = ByKind;
    }
    impl __m::InKey<ByKind> for __account_fields::kind {}
    impl __m::InKey<ByKind> for __account_fields::rank {}
    impl __m::InKey<ByKind> for __account_fields::since {}
    let __def = <Account as __m::Entity>::DEF;
    let __table = __m::table_of::<Account>();
    __m::assert_partition_key(__def, 0, "ByKind", true);
    __m::assert_template(__def, 3);
    __m::assert_fields(__def, __table);
};
