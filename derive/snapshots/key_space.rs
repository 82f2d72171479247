#[automatically_derived]
#[allow(
    dead_code,
    private_bounds,
    private_interfaces,
    unused_qualifications,
    clippy::all,
    clippy::absolute_paths
)]
/// The keys of `Account`. The requests that write begin at the entity in it, or at its key.
impl Account {
    /// The key that an item of any of the entities has. If it has several parts, they are given as a
    /// tuple.
    pub fn key(
        parts: impl ::monotable::__private::IntoParts<
            ::monotable::__private::SpaceParts<Account>,
        >,
    ) -> ::monotable::__private::SpaceKey<Account> {
        ::monotable::__private::SpaceKey::new(parts)
    }
    /// Reads the item with this key, whichever of the entities it is of.
    pub fn get(
        parts: impl ::monotable::__private::IntoParts<
            ::monotable::__private::SpaceParts<Account>,
        >,
    ) -> ::monotable::__private::GetShared<Account> {
        Self::key(parts).get()
    }
}
const _: () = {
    use ::monotable::__private as __m;
    #[automatically_derived]
    impl __m::KeySpace for Account {
        type Table = <<User as __m::Entity>::Stored as __m::Entity>::Table;
        type First = <User as __m::Entity>::Stored;
        const DEF: &'static __m::SpaceDef = &__m::SpaceDef::new(
            "Account",
            &[
                <<User as __m::Entity>::Stored as __m::Shares<Account>>::NAME,
                <<Org as __m::Entity>::Stored as __m::Shares<Account>>::NAME,
            ],
        );
    }
    #[automatically_derived]
    impl __m::KeySpaceImpl for Account {
        fn visit<__V: __m::Visit>(&self, __visit: __V) -> __V::Output {
            match self {
                Account::User(__entity) => {
                    <<User as __m::Entity>::Stored as __m::Variant<
                        User,
                    >>::visit(__entity, __visit)
                }
                Account::Org(__entity) => {
                    <<Org as __m::Entity>::Stored as __m::Variant<
                        Org,
                    >>::visit(__entity, __visit)
                }
            }
        }
        fn make<__M: __m::Make>(__entity: usize, __make: __M) -> __m::Result<Self> {
            match __entity {
                0 => {
                    ::core::result::Result::map(
                        ::core::result::Result::map(
                            <<User as __m::Entity>::Stored as __m::Variant<
                                User,
                            >>::make(__make),
                            __m::boxed,
                        ),
                        Account::User,
                    )
                }
                _ => {
                    ::core::result::Result::map(
                        <<Org as __m::Entity>::Stored as __m::Variant<
                            Org,
                        >>::make(__make),
                        Account::Org,
                    )
                }
            }
        }
        fn entity(
            &self,
        ) -> &(dyn ::core::any::Any + ::core::marker::Send + ::core::marker::Sync) {
            match self {
                Account::User(__entity) => &**__entity,
                Account::Org(__entity) => __entity,
            }
        }
    }
    #[automatically_derived]
    impl __m::HoldsShared<User> for Account {
        const DEF: &'static __m::SpaceDef = <Account as __m::KeySpace>::DEF;
        fn visit<__V: __m::VisitSpace>(__visit: __V) -> __V::Output {
            __visit.space::<Account>()
        }
    }
    #[automatically_derived]
    impl __m::HoldsShared<Org> for Account {
        const DEF: &'static __m::SpaceDef = <Account as __m::KeySpace>::DEF;
        fn visit<__V: __m::VisitSpace>(__visit: __V) -> __V::Output {
            __visit.space::<Account>()
        }
    }
    #[automatically_derived]
    impl ::core::convert::From<User> for Account {
        fn from(__entity: User) -> Self {
            Account::User(__m::boxed(__entity))
        }
    }
    #[automatically_derived]
    impl ::core::convert::From<Org> for Account {
        fn from(__entity: Org) -> Self {
            Account::Org(__entity)
        }
    }
    const _: () = {
        type __Table = <Account as __m::KeySpace>::Table;
        let __shared = <<Account as __m::KeySpace>::First as __m::Entity>::DEF;
        let () = <<User as __m::Entity>::Table as __m::SameTableAs<__Table, User>>::IS;
        __m::assert_shared("Account", __shared, <User as __m::Entity>::DEF);
        let () = <<Org as __m::Entity>::Table as __m::SameTableAs<__Table, Org>>::IS;
        __m::assert_shared("Account", __shared, <Org as __m::Entity>::DEF);
    };
};
