const _: () = {
    use ::monotable::__private as __m;
    #[automatically_derived]
    impl __m::Schema for Shop {
        const DEF: &'static __m::TableDef = &__m::TableDef::new(
            "Shop",
            ["pk", "sk", "_type"],
            __m::Encoding::Escaped,
            &[<Gsi1 as __m::Index>::DEF],
            &[<Customer as __m::Entity>::DEF, <Order as __m::Entity>::DEF],
        );
        type Encoding = __m::Escaped;
    }
    #[automatically_derived]
    impl __m::SchemaImpl for Shop {
        fn visit<__V: __m::Visit>(&self, __visit: __V) -> __V::Output {
            match self {
                Shop::Customer(__entity) => {
                    <<Customer as __m::Entity>::Stored as __m::Variant<
                        Customer,
                    >>::visit(__entity, __visit)
                }
                Shop::Order(__entity) => {
                    <<Order as __m::Entity>::Stored as __m::Variant<
                        Order,
                    >>::visit(__entity, __visit)
                }
            }
        }
        fn make<__M: __m::Make>(__entity: usize, __make: __M) -> __m::Result<Self> {
            match __entity {
                0 => {
                    ::core::result::Result::map(
                        <<Customer as __m::Entity>::Stored as __m::Variant<
                            Customer,
                        >>::make(__make),
                        Shop::Customer,
                    )
                }
                _ => {
                    ::core::result::Result::map(
                        <<Order as __m::Entity>::Stored as __m::Variant<
                            Order,
                        >>::make(__make),
                        Shop::Order,
                    )
                }
            }
        }
    }
    #[automatically_derived]
    impl<__B: __m::Backend> __m::HeldBy<__B> for Shop
    where
        (Customer, (Order, ())): __m::AllWrittenBy<__B>,
        ((), Gsi1): __m::AllServedBy<__B>,
        <((), Gsi1) as __m::AllServedBy<__B>>::Global: __m::ServedBy<__B>,
    {
        fn transact_guards() -> ::core::option::Option<__m::TransactWrites<__B>> {
            <(Customer, (Order, ())) as __m::AllWrittenBy<__B>>::TRANSACT
        }
    }
    #[automatically_derived]
    impl ::core::convert::From<Customer> for Shop {
        fn from(__entity: Customer) -> Self {
            Shop::Customer(__entity)
        }
    }
    #[automatically_derived]
    impl ::core::convert::From<Order> for Shop {
        fn from(__entity: Order) -> Self {
            Shop::Order(__entity)
        }
    }
    #[automatically_derived]
    impl __m::Holds<Customer> for Shop {}
    #[automatically_derived]
    impl __m::Holds<Order> for Shop {}
    #[automatically_derived]
    impl __m::Lists<Gsi1> for Shop {
        const INDEX: &'static __m::IndexDef = <Gsi1 as __m::Index>::DEF;
    }
    const __CLASH: ::core::option::Option<__m::Clash> = __m::find_clash::<
        { __m::claims(<Shop as __m::Schema>::DEF) },
    >(<Shop as __m::Schema>::DEF);
    const _: () = __m::assert_index(<Shop as __m::Schema>::DEF, 0);
    const _: () = {
        let (__clash, __table) = (&__CLASH, <Shop as __m::Schema>::DEF);
        let () = <<Customer as __m::Entity>::Table as __m::IsTable<Shop, Customer>>::IS;
        __m::assert_apart(__clash, __table, 0);
        let () = <<Order as __m::Entity>::Table as __m::IsTable<Shop, Order>>::IS;
        __m::assert_apart(__clash, __table, 1);
    };
};
