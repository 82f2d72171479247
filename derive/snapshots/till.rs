const _: () = {
    use ::monotable::__private as __m;
    #[automatically_derived]
    impl __m::Schema for Till {
        const DEF: &'static __m::TableDef = &__m::TableDef::new(
                "Till",
                ["pk", "sk", "_type"],
                __m::Encoding::Escaped,
                &[],
                &[<Account as __m::Entity>::DEF, <Payment as __m::Entity>::DEF],
            )
            .coordination();
        type Encoding = __m::Escaped;
    }
    #[automatically_derived]
    impl __m::SchemaImpl for Till {
        fn visit<__V: __m::Visit>(&self, __visit: __V) -> __V::Output {
            match self {
                Till::Account(__entity) => {
                    <<Account as __m::Entity>::Stored as __m::Variant<
                        Account,
                    >>::visit(__entity, __visit)
                }
                Till::Payment(__entity) => {
                    <<Payment as __m::Entity>::Stored as __m::Variant<
                        Payment,
                    >>::visit(__entity, __visit)
                }
            }
        }
        fn make<__M: __m::Make>(__entity: usize, __make: __M) -> __m::Result<Self> {
            match __entity {
                0 => {
                    ::core::result::Result::map(
                        <<Account as __m::Entity>::Stored as __m::Variant<
                            Account,
                        >>::make(__make),
                        Till::Account,
                    )
                }
                _ => {
                    ::core::result::Result::map(
                        <<Payment as __m::Entity>::Stored as __m::Variant<
                            Payment,
                        >>::make(__make),
                        Till::Payment,
                    )
                }
            }
        }
    }
    #[automatically_derived]
    impl<__B: __m::Backend> __m::HeldBy<__B> for Till
    where
        (Account, (Payment, ())): __m::AllWrittenBy<__B>,
    {
        fn transact_guards() -> ::core::option::Option<__m::TransactWrites<__B>> {
            <(Account, (Payment, ())) as __m::AllWrittenBy<__B>>::TRANSACT
        }
    }
    #[automatically_derived]
    impl ::core::convert::From<Account> for Till {
        fn from(__entity: Account) -> Self {
            Till::Account(__entity)
        }
    }
    #[automatically_derived]
    impl ::core::convert::From<Payment> for Till {
        fn from(__entity: Payment) -> Self {
            Till::Payment(__entity)
        }
    }
    #[automatically_derived]
    impl __m::Holds<Account> for Till {}
    #[automatically_derived]
    impl __m::Holds<Payment> for Till {}
    #[automatically_derived]
    impl __m::Coordinated for Till {}
    #[automatically_derived]
    impl __m::CoordinatedIn<Account> for Till {
        type Room = __m::Room<{ __m::has_room(<Till as __m::Schema>::DEF, 0) }>;
    }
    #[automatically_derived]
    impl __m::CoordinatedIn<Payment> for Till {
        type Room = __m::Room<{ __m::has_room(<Till as __m::Schema>::DEF, 1) }>;
    }
    const __CLASH: ::core::option::Option<__m::Clash> = __m::find_clash::<
        { __m::claims(<Till as __m::Schema>::DEF) },
    >(<Till as __m::Schema>::DEF);
    const _: () = {
        let (__clash, __table) = (&__CLASH, <Till as __m::Schema>::DEF);
        let () = <<Account as __m::Entity>::Table as __m::IsTable<Till, Account>>::IS;
        __m::assert_apart(__clash, __table, 0);
        __m::assert_coordination(__table, 0);
        let () = <<Payment as __m::Entity>::Table as __m::IsTable<Till, Payment>>::IS;
        __m::assert_apart(__clash, __table, 1);
        __m::assert_coordination(__table, 1);
    };
};
