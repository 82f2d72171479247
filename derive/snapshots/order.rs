#[doc(hidden)]
#[allow(
    dead_code,
    missing_docs,
    missing_debug_implementations,
    non_camel_case_types,
    unreachable_pub
)]
pub mod __order_fields {
    pub enum customer_id {}
    pub enum order_id {}
    pub enum status {}
    pub enum placed_at {}
    pub enum total {}
    pub enum note {}
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
/** The fields, keys and queries of `Order`. The requests [`put`, `create`, `update` and `delete`](#impl-EntityExt-for-E) of a `Order` are methods of the trait `EntityExt`, which is in the prelude. Without a `Order`, a change or a delete begins at the key: `Order::key(..)`.

 A query that is not among these functions is not declared: write `#[access(by_.., index = .., pk = "..", sk = "..")]` above `Order`.*/
impl Order {
    /// The field `customer_id`, stored as `customer_id`.
    pub const CUSTOMER_ID: ::monotable::__private::Field<
        Order,
        __order_fields::customer_id,
        String,
    > = ::monotable::__private::Field::<
        Order,
        __order_fields::customer_id,
        String,
    >::new("customer_id");
    /// The field `order_id`, stored as `order_id`.
    pub const ORDER_ID: ::monotable::__private::Field<
        Order,
        __order_fields::order_id,
        String,
    > = ::monotable::__private::Field::<
        Order,
        __order_fields::order_id,
        String,
    >::new("order_id");
    /// The field `status`, stored as `status`.
    pub const STATUS: ::monotable::__private::Field<
        Order,
        __order_fields::status,
        Status,
    > = ::monotable::__private::Field::<
        Order,
        __order_fields::status,
        Status,
    >::new("status");
    /// The field `placed_at`, stored as `placed_at`.
    pub const PLACED_AT: ::monotable::__private::Field<
        Order,
        __order_fields::placed_at,
        Timestamp,
    > = ::monotable::__private::Field::<
        Order,
        __order_fields::placed_at,
        Timestamp,
    >::new("placed_at");
    /// The field `total`, stored as `total`.
    pub const TOTAL: ::monotable::__private::Field<
        Order,
        __order_fields::total,
        Decimal,
    > = ::monotable::__private::Field::<
        Order,
        __order_fields::total,
        Decimal,
    >::new("total");
    /// The field `note`, stored as `note`.
    pub const NOTE: ::monotable::__private::Field<
        Order,
        __order_fields::note,
        Option<String>,
    > = ::monotable::__private::Field::<
        Order,
        __order_fields::note,
        Option<String>,
    >::optional("note");
    /// The primary key: `CUSTOMER#{customer_id}` / `ORDER#{order_id}`.
    pub fn key(
        customer_id: impl ::monotable::__private::IntoPart<String>,
        order_id: impl ::monotable::__private::IntoPart<String>,
    ) -> ::monotable::__private::Key<Order> {
        ::monotable::__private::Key::new((
            ::monotable::__private::IntoPart::into_part(customer_id),
            ::monotable::__private::IntoPart::into_part(order_id),
        ))
    }
    /// Reads the item with this key.
    pub fn get(
        customer_id: impl ::monotable::__private::IntoPart<String>,
        order_id: impl ::monotable::__private::IntoPart<String>,
    ) -> ::monotable::__private::Get<Order> {
        Self::key(customer_id, order_id).get()
    }
    /// The partition of the primary key: `CUSTOMER#{customer_id}`.
    pub fn partition(
        customer_id: impl ::monotable::__private::IntoPart<String>,
    ) -> ::monotable::__private::Partition<Order> {
        ::monotable::__private::Partition::of(
            0,
            customer_id,
            <String as ::monotable::__private::KeyPart>::as_part,
        )
    }
    /// Queries the primary key: `CUSTOMER#{customer_id}` / `ORDER#{order_id}`.
    pub fn by_customer(
        customer_id: impl ::monotable::__private::IntoPart<String>,
    ) -> ::monotable::__private::Query<
        Order,
        ::monotable::__private::Part<__order_fields::order_id, String>,
    > {
        ::monotable::__private::Query::of(
            "by_customer",
            0,
            customer_id,
            <String as ::monotable::__private::KeyPart>::as_part,
        )
    }
    /// Queries index `Gsi1`: `STATUS#{status}` / `{placed_at:s}#{order_id}`.
    pub fn by_status(
        status: impl ::monotable::__private::IntoPart<Status>,
    ) -> ::monotable::__private::Query<
        Order,
        ::monotable::__private::Part<
            __order_fields::placed_at,
            Timestamp,
            ::monotable::__private::Part<__order_fields::order_id, String>,
        >,
        Gsi1,
    > {
        ::monotable::__private::Query::of(
            "by_status",
            2,
            status,
            <Status as ::monotable::__private::KeyPart>::as_part,
        )
    }
}
const _: () = {
    use ::monotable::__private as __m;
    #[allow(unused_imports)]
    use __m::NotWorkflow as _;
    impl __m::Declared<String> for __order_fields::customer_id {
        type Is = __m::Is<
            __m::Name<278410846758603249121906974565083839415>,
            __m::role::PrimaryKey,
            __m::IsPart<<String as __m::KeyPart>::Kind>,
        >;
    }
    impl __m::Declared<String> for __order_fields::order_id {
        type Is = __m::Is<
            __m::Name<249830772242967264819167729872939129629>,
            __m::role::PrimaryKey,
            __m::IsPart<<String as __m::KeyPart>::Kind>,
        >;
    }
    impl __m::Declared<Status> for __order_fields::status {
        type Is = __m::Is<
            __m::Name<225371152139179864258523426334969570431>,
            <__m::role::FeedsIndex as __m::role::IfWorkflow<
                { __m::IsWorkflow::<Status>::IS },
            >>::Role,
            __m::IsPart<<Status as __m::KeyPart>::Kind>,
        >;
    }
    impl __m::Declared<Timestamp> for __order_fields::placed_at {
        type Is = __m::Is<
            __m::Name<288162824071147973412587515333088380736>,
            __m::role::FeedsIndex,
            __m::IsPart<<Timestamp as __m::KeyPart>::Kind>,
        >;
    }
    impl __m::Declared<Decimal> for __order_fields::total {
        type Is = __m::Is<__m::Name<265398219460723154189480218888128339773>>;
    }
    impl __m::Declared<Option<String>> for __order_fields::note {
        type Is = __m::Is<__m::Name<139806505156434421677069268840986452949>>;
    }
    #[automatically_derived]
    impl __m::Entity for Order {
        type Table = Shop;
        type Stored = Order;
        type Rules = <__m::role::Free as __m::role::IfWorkflow<
            { __m::IsWorkflow::<Status>::IS },
        >>::Rules;
        type Partition = __m::Shape<90631738167485911428846960358589107702>;
        const DEF: &'static __m::EntityDef = &__m::EntityDef::new(
            "Order",
            [
                &[
                    __m::Segment::Literal("CUSTOMER#"),
                    __m::part(
                        0,
                        "customer_id",
                        __m::Format::OWN,
                        <String as __m::KeyPart>::CLASS,
                    ),
                ],
                &[
                    __m::Segment::Literal("ORDER#"),
                    __m::part(
                        1,
                        "order_id",
                        __m::Format::OWN,
                        <String as __m::KeyPart>::CLASS,
                    ),
                ],
            ],
            &[
                __m::IndexKey::new(
                    <Shop as __m::Lists<Gsi1>>::INDEX,
                    [
                        &[
                            __m::Segment::Literal("STATUS#"),
                            __m::part(
                                2,
                                "status",
                                __m::Format::OWN,
                                <Status as __m::KeyPart>::CLASS,
                            ),
                        ],
                        &[
                            __m::part(
                                3,
                                "placed_at",
                                __m::Format::OWN.unit(__m::Unit::Second),
                                <Timestamp as __m::KeyPart>::CLASS,
                            ),
                            __m::Segment::Literal("#"),
                            __m::part(
                                1,
                                "order_id",
                                __m::Format::OWN,
                                <String as __m::KeyPart>::CLASS,
                            ),
                        ],
                    ],
                ),
            ],
            &["customer_id", "order_id", "status", "placed_at", "total", "note"],
        );
    }
    #[automatically_derived]
    impl __m::EntityImpl for Order {
        type Key = (String, String);
        fn part(&self, __field: u16) -> ::core::option::Option<&dyn __m::PartValue> {
            match __field {
                0 => <String as __m::KeyPart>::as_part(&self.customer_id),
                1 => <String as __m::KeyPart>::as_part(&self.order_id),
                2 => <Status as __m::KeyPart>::as_part(&self.status),
                3 => <Timestamp as __m::KeyPart>::as_part(&self.placed_at),
                _ => ::core::option::Option::None,
            }
        }
        fn key_fns() -> <Self::Key as __m::KeyTuple>::Fns {
            (<String as __m::KeyPart>::part_fns(), <String as __m::KeyPart>::part_fns())
        }
        fn identity(&self) -> Self::Key {
            (
                ::core::clone::Clone::clone(&self.customer_id),
                ::core::clone::Clone::clone(&self.order_id),
            )
        }
        fn in_workflows(&self) -> __m::List<__m::InState> {
            __m::states([__m::IsWorkflow::<Status>::state(&self.status, 2)])
        }
    }
    #[automatically_derived]
    impl __m::On<__m::Primary> for Order {}
    #[automatically_derived]
    impl __m::On<Gsi1> for Order {
        const AT: usize = 0;
    }
    impl __m::Whole<__m::Primary, __m::Part<__order_fields::order_id, String>>
    for Order {}
    impl __m::Whole<
        Gsi1,
        __m::Part<
            __order_fields::placed_at,
            Timestamp,
            __m::Part<__order_fields::order_id, String>,
        >,
    > for Order {}
    #[automatically_derived]
    impl __m::Named<48580512076845991622024397574319504261> for Order {
        type On = __m::Primary;
    }
    #[automatically_derived]
    impl __m::Named<123685190600986731367919924031690981891> for Order {
        type On = Gsi1;
    }
    impl __m::InKey<Gsi1> for __order_fields::status {}
    impl __m::InKey<Gsi1> for __order_fields::placed_at {}
    impl __m::InKey<Gsi1> for __order_fields::order_id {}
    let __def = <Order as __m::Entity>::DEF;
    let __table = __m::table_of::<Order>();
    __m::assert_partition_key(__def, 0, "Gsi1", true);
    __m::assert_template(__def, 3);
    __m::assert_fields(__def, __table);
};
