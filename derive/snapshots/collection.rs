const _: () = {
    use ::monotable::__private as __m;
    #[automatically_derived]
    impl __m::Collection for Account {
        type Table = <<User as __m::Entity>::Stored as __m::Entity>::Table;
        type Index = Gsi1;
        type Lists = (__m::List<User>, __m::List<Plan>, __m::List<Order>);
        const DEF: &'static __m::CollectionDef = &__m::CollectionDef::new::<
            <User as __m::Entity>::Stored,
            Gsi1,
        >(
            "Account",
            &[
                __m::MemberDef::new::<
                    <User as __m::Entity>::Stored,
                    Gsi1,
                >("user", __m::Count::One),
                __m::MemberDef::new::<
                    <Plan as __m::Entity>::Stored,
                    Gsi1,
                >("plan", __m::Count::Optional),
                __m::MemberDef::new::<
                    <Order as __m::Entity>::Stored,
                    Gsi1,
                >("orders", __m::Count::Many),
            ],
        );
        fn push<__D: __m::Item>(
            __lists: &mut Self::Lists,
            __place: usize,
            __item: &mut __D,
        ) -> __m::Result<()> {
            match __place {
                0 => {
                    <<User as __m::Entity>::Stored as __m::Listed<
                        User,
                    >>::push(&mut __lists.0, __item)
                }
                1 => {
                    <<Plan as __m::Entity>::Stored as __m::Listed<
                        Plan,
                    >>::push(&mut __lists.1, __item)
                }
                2 => {
                    <<Order as __m::Entity>::Stored as __m::Listed<
                        Order,
                    >>::push(&mut __lists.2, __item)
                }
                _ => ::core::result::Result::Ok(()),
            }
        }
        fn collect(
            __lists: Self::Lists,
            __read: &__m::Members<'_>,
        ) -> __m::Result<Self> {
            ::core::result::Result::Ok(Account {
                user: __read.one(0, __lists.0)?,
                plan: __read.optional(__lists.1),
                orders: __lists.2,
            })
        }
    }
    #[automatically_derived]
    impl __m::HasMember<User> for Account {}
    #[automatically_derived]
    impl __m::HasMember<Plan> for Account {}
    #[automatically_derived]
    impl __m::HasMember<Order> for Account {}
    #[automatically_derived]
    impl __m::InPartition<User, Gsi1> for Account {}
    #[automatically_derived]
    impl __m::InPartition<Plan, Gsi1> for Account {}
    #[automatically_derived]
    impl __m::InPartition<Order, Gsi1> for Account {}
    const _: () = {
        let __collection = <Account as __m::Collection>::DEF;
        __m::assert_member(__collection, 0);
        __m::assert_member(__collection, 1);
        __m::assert_member(__collection, 2);
    };
};
