#[doc(hidden)]
#[allow(
    dead_code,
    missing_docs,
    missing_debug_implementations,
    non_camel_case_types,
    unreachable_pub
)]
pub mod __org_fields {
    pub enum tenant {}
    pub enum name {}
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
/** The fields, keys and queries of `Org`. The requests [`put`, `create`, `update` and `delete`](#impl-EntityExt-for-E) of a `Org` are methods of the trait `EntityExt`, which is in the prelude. Without a `Org`, a change or a delete begins at the key: `Org::key(..)`.

 A query that is not among these functions is not declared: write `#[access(by_.., index = .., pk = "..", sk = "..")]` above `Org`.*/
impl Org {
    /// The field `tenant`, stored as `tenant`.
    pub const TENANT: ::monotable::__private::Field<Org, __org_fields::tenant, u32> = ::monotable::__private::Field::<
        Org,
        __org_fields::tenant,
        u32,
    >::new("tenant");
    /// The field `name`, stored as `name`.
    pub const NAME: ::monotable::__private::Field<Org, __org_fields::name, String> = ::monotable::__private::Field::<
        Org,
        __org_fields::name,
        String,
    >::new("name");
    /// The primary key: `TENANT#{tenant}` / `ACCOUNT#{name}`.
    pub fn key(
        tenant: impl ::monotable::__private::IntoPart<u32>,
        name: impl ::monotable::__private::IntoPart<String>,
    ) -> ::monotable::__private::Key<Org> {
        ::monotable::__private::Key::new((
            ::monotable::__private::IntoPart::into_part(tenant),
            ::monotable::__private::IntoPart::into_part(name),
        ))
    }
    /// Reads the item with this key.
    pub fn get(
        tenant: impl ::monotable::__private::IntoPart<u32>,
        name: impl ::monotable::__private::IntoPart<String>,
    ) -> ::monotable::__private::Get<Org> {
        Self::key(tenant, name).get()
    }
    /// The partition of the primary key: `TENANT#{tenant}`.
    pub fn partition(
        tenant: impl ::monotable::__private::IntoPart<u32>,
    ) -> ::monotable::__private::Partition<Org> {
        ::monotable::__private::Partition::of(
            0,
            tenant,
            <u32 as ::monotable::__private::KeyPart>::as_part,
        )
    }
}
const _: () = {
    use ::monotable::__private as __m;
    impl __m::Declared<u32> for __org_fields::tenant {
        type Is = __m::Is<
            __m::Name<225869596151642219537626353444164450653>,
            __m::role::PrimaryKey,
            __m::IsPart<<u32 as __m::KeyPart>::Kind>,
        >;
    }
    impl __m::Declared<String> for __org_fields::name {
        type Is = __m::Is<
            __m::Name<139805238982077690295483749954561134894>,
            __m::role::PrimaryKey,
            __m::IsPart<<String as __m::KeyPart>::Kind>,
        >;
    }
    #[automatically_derived]
    impl __m::Entity for Org {
        type Table = Hub;
        type Stored = Org;
        type Rules = __m::role::Sharing<__m::role::Free>;
        type Partition = __m::Shape<219088853633773791919687892358586052210>;
        const DEF: &'static __m::EntityDef = &__m::EntityDef::new(
                "Org",
                [
                    &[
                        __m::Segment::Literal("TENANT#"),
                        __m::part(
                            0,
                            "tenant",
                            __m::Format::OWN,
                            <u32 as __m::KeyPart>::CLASS,
                        ),
                    ],
                    &[
                        __m::Segment::Literal("ACCOUNT#"),
                        __m::part(
                            1,
                            "name",
                            __m::Format::OWN,
                            <String as __m::KeyPart>::CLASS,
                        ),
                    ],
                ],
                &[],
                &["tenant", "name"],
            )
            .shares(
                <Account as __m::HoldsShared<Org>>::DEF,
                ::core::option::Option::None,
            );
    }
    #[automatically_derived]
    impl __m::EntityImpl for Org {
        type Key = (u32, String);
        fn part(&self, __field: u16) -> ::core::option::Option<&dyn __m::PartValue> {
            match __field {
                0 => <u32 as __m::KeyPart>::as_part(&self.tenant),
                1 => <String as __m::KeyPart>::as_part(&self.name),
                _ => ::core::option::Option::None,
            }
        }
        fn key_fns() -> <Self::Key as __m::KeyTuple>::Fns {
            (<u32 as __m::KeyPart>::part_fns(), <String as __m::KeyPart>::part_fns())
        }
        fn identity(&self) -> Self::Key {
            (
                ::core::clone::Clone::clone(&self.tenant),
                ::core::clone::Clone::clone(&self.name),
            )
        }
        fn in_space<__V: __m::VisitSpace>(
            __visit: __V,
        ) -> ::core::option::Option<__V::Output> {
            ::core::option::Option::Some(
                <Account as __m::HoldsShared<Org>>::visit(__visit),
            )
        }
    }
    #[automatically_derived]
    impl __m::On<__m::Primary> for Org {}
    #[automatically_derived]
    impl __m::Shares<Account> for Org {
        const NAME: &'static ::core::primitive::str = "Org";
    }
    let __def = <Org as __m::Entity>::DEF;
    let __table = __m::table_of::<Org>();
    __m::assert_fields(__def, __table);
};
