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
        fn visit<V: __m::Visit>(&self, visit: V) -> V::Output {
            match self {
                Shop::Customer(entity) => {
                    <<Customer as __m::Entity>::Stored as __m::Variant<
                        Customer,
                    >>::visit(entity, visit)
                }
                Shop::Order(entity) => {
                    <<Order as __m::Entity>::Stored as __m::Variant<
                        Order,
                    >>::visit(entity, visit)
                }
            }
        }
        fn make<M: __m::Make>(entity: usize, make: M) -> __m::Result<Self> {
            match entity {
                0 => {
                    ::core::result::Result::map(
                        <<Customer as __m::Entity>::Stored as __m::Variant<
                            Customer,
                        >>::make(make),
                        Shop::Customer,
                    )
                }
                _ => {
                    ::core::result::Result::map(
                        <<Order as __m::Entity>::Stored as __m::Variant<
                            Order,
                        >>::make(make),
                        Shop::Order,
                    )
                }
            }
        }
    }
    #[automatically_derived]
    impl<B: __m::Backend> __m::HeldBy<B> for Shop
    where
        (Customer, (Order, ())): __m::AllWrittenBy<B>,
    {
        fn transact_guards() -> ::core::option::Option<__m::TransactGuards<B>> {
            <(Customer, (Order, ())) as __m::AllWrittenBy<B>>::TRANSACT
        }
    }
    #[automatically_derived]
    impl ::core::convert::From<Customer> for Shop {
        fn from(entity: Customer) -> Self {
            Shop::Customer(entity)
        }
    }
    #[automatically_derived]
    impl ::core::convert::From<Order> for Shop {
        fn from(entity: Order) -> Self {
            Shop::Order(entity)
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
        let (clash, table) = (&__CLASH, <Shop as __m::Schema>::DEF);
        let () = <<Customer as __m::Entity>::Table as __m::IsTable<Shop, Customer>>::IS;
        __m::assert_apart(clash, table, 0);
        let () = <<Order as __m::Entity>::Table as __m::IsTable<Shop, Order>>::IS;
        __m::assert_apart(clash, table, 1);
    };
};
