"""Amazon Cognito: user pools with their triggers and clients, and identity pools with the roles they give out."""

from typing import Annotated, ClassVar

from lambdaward.model.fields import Block, Items, Link, LinkTo, Prop
from lambdaward.model.function import ANY_FUNCTION, ROLE
from lambdaward.model.record import BlockRecord, Record
from lambdaward.model.values import FlagValue, TextValue, Value

USER_POOL = "AWS::Cognito::UserPool"
IDENTITY_POOL = "AWS::Cognito::IdentityPool"


class UserPoolTriggers(BlockRecord, frozen=True):
    """The functions that a user pool runs, by the moment at which it runs them."""

    create_auth_challenge: Annotated[Link | None, LinkTo("CreateAuthChallenge", ANY_FUNCTION)] = None
    custom_email: Annotated[Link | None, LinkTo("CustomEmailSender.LambdaArn", ANY_FUNCTION)] = None
    custom_message: Annotated[Link | None, LinkTo("CustomMessage", ANY_FUNCTION)] = None
    custom_sms: Annotated[Link | None, LinkTo("CustomSMSSender.LambdaArn", ANY_FUNCTION)] = None
    define_auth_challenge: Annotated[Link | None, LinkTo("DefineAuthChallenge", ANY_FUNCTION)] = None
    inbound_federation: Annotated[Link | None, LinkTo("InboundFederation.LambdaArn", ANY_FUNCTION)] = None
    post_authentication: Annotated[Link | None, LinkTo("PostAuthentication", ANY_FUNCTION)] = None
    post_confirmation: Annotated[Link | None, LinkTo("PostConfirmation", ANY_FUNCTION)] = None
    pre_authentication: Annotated[Link | None, LinkTo("PreAuthentication", ANY_FUNCTION)] = None
    pre_sign_up: Annotated[Link | None, LinkTo("PreSignUp", ANY_FUNCTION)] = None
    pre_token: Annotated[Link | None, LinkTo("PreTokenGenerationConfig.LambdaArn|PreTokenGeneration", ANY_FUNCTION)] = (
        None
    )
    user_migration: Annotated[Link | None, LinkTo("UserMigration", ANY_FUNCTION)] = None
    verify_auth_challenge: Annotated[Link | None, LinkTo("VerifyAuthChallengeResponse", ANY_FUNCTION)] = None


class UserPool(Record, frozen=True, kw_only=True):
    """A user pool. Unless `admin_only`, anybody can sign up where a client allows it."""

    TYPES: ClassVar[tuple[str, ...]] = (USER_POOL,)

    name: Annotated[TextValue, Prop("UserPoolName", "text")] = None
    triggers: Annotated[UserPoolTriggers | None, Block("LambdaConfig", UserPoolTriggers)] = None
    admin_only: Annotated[FlagValue, Prop("AdminCreateUserConfig.AllowAdminCreateUserOnly", "flag")] = None
    mfa: Annotated[TextValue, Prop("MfaConfiguration", "text")] = None


class UserPoolClient(Record, frozen=True, kw_only=True):
    """An application client of a user pool."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::Cognito::UserPoolClient",)

    pool: Annotated[Link | None, LinkTo("UserPoolId", (USER_POOL,))] = None
    has_secret: Annotated[FlagValue, Prop("GenerateSecret", "flag")] = None
    flows: Annotated[tuple[Value, ...], Items("ExplicitAuthFlows")] = ()


class IdentityPool(Record, frozen=True, kw_only=True):
    """An identity pool; `guests` get credentials without signing in."""

    TYPES: ClassVar[tuple[str, ...]] = (IDENTITY_POOL,)

    guests: Annotated[FlagValue, Prop("AllowUnauthenticatedIdentities", "flag")] = None
    classic_flow: Annotated[FlagValue, Prop("AllowClassicFlow", "flag")] = None


class IdentityPoolRoles(Record, frozen=True, kw_only=True):
    """The roles that an identity pool gives to those who signed in, and to guests."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::Cognito::IdentityPoolRoleAttachment",)

    pool: Annotated[Link | None, LinkTo("IdentityPoolId", (IDENTITY_POOL,))] = None
    guest_role: Annotated[Link | None, LinkTo("Roles.unauthenticated", (ROLE,))] = None
    user_role: Annotated[Link | None, LinkTo("Roles.authenticated", (ROLE,))] = None
